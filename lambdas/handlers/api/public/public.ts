/** What anybody may ask: the brand, a design, a verdict beforehand, a new case, a new link. */

import { judge, referenceOf } from "../../../actions/judge.ts";
import { AssessmentRequest, checkWishes, numbered } from "../../../actions/open-case.ts";
import type { BrandView } from "../../../contracts/api.ts";
import type { Brand } from "../../../domain/brand.ts";
import { DesignNumber } from "../../../domain/identifiers.ts";
import { Problem } from "../../../domain/problem.ts";
import { shipDatesPossibleEverywhere } from "../../../domain/ship-date.ts";
import { type Operation, open } from "../../../platform/api.ts";
import { type Call, ok, parsed, type Reply } from "../../../platform/http.ts";
import { readReference } from "../../../platform/reference.ts";
import type { CaseStore } from "../../../ports/case-store.ts";
import type { EnquiryStore } from "../../../ports/enquiry-store.ts";
import { enquire } from "./enquire.ts";
import { type FilingDeps, fileCase } from "./file-case.ts";
import { resendLink } from "./resend-link.ts";

export interface PublicDeps extends FilingDeps {
  readonly store: CaseStore;
  readonly enquiries: Pick<EnquiryStore, "load" | "receive">;
}

const brandView = (brand: Brand, now: string): BrandView => ({
  name: brand.name,
  links: brand.links,
  packageLimits: brand.packageLimits,
  topics: brand.topics,
  shots: brand.shots,
  contactDays: brand.days.contact,
  shipDates: shipDatesPossibleEverywhere(now, brand.days),
});

async function getDesign(store: PublicDeps["store"], call: Call): Promise<Reply> {
  const number = DesignNumber.safeParse(call.path.designNumber);
  if (!number.success) throw new Problem("not-found");
  const { designs } = await store.reference({ serials: [], designs: [number.data] });
  const design = designs.get(number.data);
  if (!design) throw new Problem("not-found");
  return ok(design);
}

/** Exactly what filing it now would give: the same rules over the same facts, only nothing is written. */
async function assessment({ store, brand }: PublicDeps, call: Call): Promise<Reply> {
  const request = parsed(AssessmentRequest, call.body());
  checkWishes(request, brand);
  const reference = await readReference(store, referenceOf(request.items));
  const { process, locale, timeZone } = request;
  const items = numbered(request.items, call.now, reference.designs);
  const judged = { process, contactAt: call.now, locale, timeZone, items };
  return ok(judge(judged, reference, brand, call.now).result);
}

export const publicOperations = (deps: PublicDeps): Record<string, Operation> => ({
  getBrand: open(async (call) => ok(brandView(deps.brand, call.now))),
  getDesign: open((call) => getDesign(deps.store, call)),
  assess: open((call) => assessment(deps, call)),
  openCase: open((call) => fileCase(deps, call)),
  enquire: open((call) => enquire(deps.enquiries, call)),
  resendLink: open((call) => resendLink(deps.store, call)),
});
