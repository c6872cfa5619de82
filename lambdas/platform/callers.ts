/** Who calls: a customer by the link to her case, staff by the token the gateway has checked. */
import { type Actor, ROLES, type Role } from "../actions/action.ts";
import type { CaseFile } from "../domain/case-file.ts";
import { Problem } from "../domain/problem.ts";
import type { CaseStore } from "../ports/case-store.ts";
import type { Operation } from "./api.ts";
import type { Call, Reply } from "./http.ts";
import { opens, parsedToken } from "./link-token.ts";

export type StaffMember = Extract<Actor, { readonly kind: "staff" }>;

/**
 * One Query reads the case and its links together. Whatever is wrong with a token answers the same 401: it tells
 * nobody which cases exist.
 */
export const asCustomer =
  (store: Pick<CaseStore, "load">) =>
  (run: (call: Call, file: CaseFile) => Promise<Reply>): Operation => ({
    auth: "link",
    run: async (call) => {
      const [, bearer] = /^Bearer +(\S+)$/i.exec(call.headers.authorization ?? "") ?? [];
      const token = bearer === undefined ? undefined : parsedToken(bearer);
      const file = token && (await store.load(token.caseId));
      if (!file || !opens(file, token.secret, call.now)) throw new Problem("unauthenticated");
      return run(call, file);
    },
  });

/** REST APIs hand groups over as one comma-separated string; a local or test issuer may give the list itself. */
function groupsOf(claim: unknown): readonly unknown[] {
  if (Array.isArray(claim)) return claim;
  return typeof claim === "string" ? claim.replace(/^\[|\]$/g, "").split(/[,\s]+/) : [];
}

/** Room for `staff:` before it in the 100 characters of who did something. */
const MAX_NAME = 90;

/** @throws Problem unauthenticated without claims, forbidden without any role */
export function staffMember(claims: Call["claims"]): StaffMember {
  if (!claims) throw new Problem("unauthenticated");
  const groups = groupsOf(claims["cognito:groups"]);
  const roles: Role[] = ROLES.filter((role) => groups.includes(role));
  if (roles.length === 0) throw new Problem("forbidden");
  const names = [claims.name, claims["cognito:username"], claims.sub];
  const name = names.find((one): one is string => typeof one === "string" && one !== "") ?? "unnamed";
  return { kind: "staff", name: name.slice(0, MAX_NAME).toWellFormed(), roles };
}

/** @throws Problem forbidden unless one of these roles, or a manager, asks (R2) */
export function permit(member: StaffMember, roles: readonly Role[]): void {
  if (!member.roles.some((role) => role === "manager" || roles.includes(role)))
    throw new Problem("forbidden");
}

/** @param roles who may besides the manager; all of staff when left out */
export const asStaff = (
  run: (call: Call, member: StaffMember) => Promise<Reply>,
  roles: readonly Role[] = ROLES,
): Operation => ({
  auth: "staff",
  run: async (call) => {
    const member = staffMember(call.claims);
    permit(member, roles);
    return run(call, member);
  },
});
