/** Who gets in: links of customers, tokens and roles of staff (R2). */
import { describe, expect, it } from "vitest";
import { ROLES } from "../../lambdas/actions/action.ts";
import type { CaseFile } from "../../lambdas/domain/case-file.ts";
import { Problem } from "../../lambdas/domain/problem.ts";
import { asCustomer, asStaff, permit, staffMember } from "../../lambdas/platform/callers.ts";
import { callOf, ok } from "../../lambdas/platform/http.ts";
import { hashOfSecret, newLinkToken, parsedToken } from "../../lambdas/platform/link-token.ts";
import { apiCall } from "../builders/api-call.ts";
import { aCaseFile, CASE_ID } from "../builders/case-file.ts";

const NOW = "2026-03-14T12:00:00.000Z";
const { token, link } = newLinkToken(CASE_ID, "2026-03-14T00:00:00.000Z");
const codeOf = (error: unknown) => (error instanceof Problem ? error.code : error);

describe("a customer's link", () => {
  /** Who the operation ran for, or the code it was refused with. */
  async function enter(authorization: string | undefined, file: CaseFile | undefined) {
    let loaded = 0;
    const load = async () => {
      loaded += 1;
      return file;
    };
    const operation = asCustomer({ load })(async (_call, of) => ok(of.case.caseId));
    const event = apiCall({
      resource: "/v1/case",
      headers: authorization ? { Authorization: authorization } : {},
    });
    const result = await operation.run(callOf(event)).then((reply) => reply.body, codeOf);
    return { result, loaded };
  }
  const withLinks = (...links: CaseFile["links"]) => aCaseFile({ links });

  it("opens its case, with one read", async () => {
    expect(await enter(`Bearer ${token}`, withLinks(link))).toEqual({ result: CASE_ID, loaded: 1 });
    expect((await enter(`bearer ${token}`, withLinks(link))).result).toBe(CASE_ID);
  });

  it("a newer link ends no older one", async () => {
    const newer = newLinkToken(CASE_ID, NOW);
    const file = withLinks(link, newer.link);
    expect((await enter(`Bearer ${token}`, file)).result).toBe(CASE_ID);
    expect((await enter(`Bearer ${newer.token}`, file)).result).toBe(CASE_ID);
  });

  it.each([
    ["none", undefined],
    ["another scheme", `Basic ${token}`],
    ["no secret", `Bearer ${CASE_ID}`],
    ["a short secret", `Bearer ${token.slice(0, -1)}`],
    ["a long secret", `Bearer ${token}x`],
    ["no case number", `Bearer CW-1.${token.split(".")[1]}`],
    ["two tokens", `Bearer ${token} ${token}`],
  ])("%s is 401 before anything is read", async (_name, authorization) => {
    expect(await enter(authorization, withLinks(link))).toEqual({ result: "unauthenticated", loaded: 0 });
  });

  it("a wrong secret and a case that is not there look the same", async () => {
    const wrong = `Bearer ${CASE_ID}.${"A".repeat(43)}`;
    expect((await enter(wrong, withLinks(link))).result).toBe("unauthenticated");
    expect((await enter(wrong, undefined)).result).toBe("unauthenticated");
    expect((await enter(`Bearer ${token}`, withLinks())).result).toBe("unauthenticated");
  });

  it("the hash of a link is no secret of it", async () => {
    expect((await enter(`Bearer ${CASE_ID}.${link.hash}`, withLinks(link))).result).toBe("unauthenticated");
  });

  it("a revoked link is 401", async () => {
    const revoked = (linksRevokedAt: string) => aCaseFile({ case: { linksRevokedAt }, links: [link] });
    expect((await enter(`Bearer ${token}`, revoked(link.createdAt))).result).toBe("unauthenticated");
    expect((await enter(`Bearer ${token}`, revoked(NOW))).result).toBe("unauthenticated");
    const before = new Date(Date.parse(link.createdAt) - 1).toISOString();
    expect((await enter(`Bearer ${token}`, revoked(before))).result).toBe(CASE_ID);
  });

  it("links live until the day they expire, 60 days after the end, and no longer", async () => {
    const ending = (linksExpireAt: string) =>
      aCaseFile({ case: { stage: "closed", endedAt: NOW, linksExpireAt }, links: [link] });
    expect((await enter(`Bearer ${token}`, ending("2026-03-14T12:00:00.001Z"))).result).toBe(CASE_ID);
    expect((await enter(`Bearer ${token}`, ending("2026-03-14T12:00:00.000Z"))).result).toBe(
      "unauthenticated",
    );
  });

  it("a token is <case>.<43 characters>, never twice the same, and only its hash is kept", () => {
    const other = newLinkToken(CASE_ID, NOW);
    expect(parsedToken(other.token)).toEqual({
      caseId: CASE_ID,
      secret: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(other.token).not.toBe(token);
    expect(other.link).toEqual({
      hash: hashOfSecret(parsedToken(other.token)?.secret ?? ""),
      createdAt: NOW,
    });
    expect(JSON.stringify(other.link)).not.toContain(parsedToken(other.token)?.secret);
  });
});

describe("staff", () => {
  it.each([
    ["representative,shipping", ["representative", "shipping"]],
    ["[representative shipping]", ["representative", "shipping"]],
    ["representative, unknown", ["representative"]],
    [
      ["workshop", "finance"],
      ["workshop", "finance"],
    ],
  ])("groups %j are the roles %j", (groups, roles) => {
    expect(staffMember({ name: "Kei", "cognito:groups": groups })).toEqual({
      kind: "staff",
      name: "Kei",
      roles,
    });
  });

  it("no token is 401; a token without any role is 403", () => {
    expect(() => staffMember(undefined)).toThrow(expect.objectContaining({ code: "unauthenticated" }));
    for (const groups of [undefined, "", "customers", []])
      expect(() => staffMember({ name: "Kei", "cognito:groups": groups })).toThrow(
        expect.objectContaining({ code: "forbidden" }),
      );
  });

  it("is named by the token, shortly enough to be written down", () => {
    const named = (claims: object) => staffMember({ "cognito:groups": "manager", ...claims }).name;
    expect(named({ name: "Kei", sub: "1" })).toBe("Kei");
    expect(named({ "cognito:username": "kei", sub: "1" })).toBe("kei");
    expect(named({ sub: "1" })).toBe("1");
    expect(`staff:${named({ name: "x".repeat(200) })}`.length).toBeLessThanOrEqual(100);
  });

  it.each(ROLES)("R2: what is for %s is for a manager too, and for nobody else", (role) => {
    const admitted = ROLES.filter((other) => {
      try {
        permit({ kind: "staff", name: "Kei", roles: [other] }, [role]);
        return true;
      } catch (error) {
        return codeOf(error) !== "forbidden";
      }
    });
    expect(admitted).toEqual(ROLES.filter((other) => other === role || other === "manager"));
  });

  it("an operation for one role is refused to the others before it runs", async () => {
    const operation = asStaff(async () => ok("ran"), ["manager"]);
    const as = (groups?: string) =>
      operation
        .run(callOf(apiCall({ resource: "/v1/designs/{designNumber}", ...(groups ? { groups } : {}) })))
        .then((reply) => reply.body, codeOf);
    expect(await as("manager")).toBe("ran");
    expect(await as("representative")).toBe("forbidden");
    expect(await as()).toBe("unauthenticated");
  });
});
