/** Requests as a client of the contract writes them; every ring and address of its own unless told otherwise. */
import { addDays, dateIn } from "../../lambdas/domain/calendar.ts";
import type { Client } from "../../local/demo/client.ts";
import { ringPhoto } from "../../local/demo/photo.ts";

let made = 0;

/** The date `days` from today where nobody in the United States has tomorrow yet. */
export const dayFromNow = async (client: Client, days: number, zone = "Pacific/Honolulu"): Promise<string> =>
  addDays(dateIn(await client.now(), zone), days);

/** A ring of the design R-1001 (±3), bought in size 11, wanted in 13, delivered ten days ago. */
export async function anItem(client: Client, more: Readonly<Record<string, unknown>> = {}) {
  made += 1;
  return {
    design: "Asanoha Band",
    designNumber: "R-1001",
    serialNumber: `SN-REQ-${made}`,
    sizeAtPurchase: 11,
    desiredSize: 13,
    deliveryDate: await dayFromNow(client, -10),
    ...more,
  };
}

export function aRequest(
  items: readonly Readonly<Record<string, unknown>>[],
  more: { readonly customer?: object; readonly order?: object; readonly process?: string } = {},
) {
  made += 1;
  const { customer, ...rest } = more;
  return {
    process: "complimentary-resizing",
    customer: {
      name: "Grace Hopper",
      email: `grace-${made}@example.com`,
      timeZone: "America/New_York",
      ...customer,
    },
    items,
    ...rest,
  };
}

/** Files it and opens the link of the first mail. @throws Error when it is not taken */
export async function filed(client: Client, request: ReturnType<typeof aRequest>, firstMail = "E1") {
  const answer = await client.file(request);
  if (answer.status !== 201) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  const { caseId } = answer.body;
  const { email } = request.customer;
  const token = client.tokenIn(await client.mail(email, firstMail, caseId));
  return { caseId, email, token, answer, customer: client.customer(token) };
}
export type Filed = Awaited<ReturnType<typeof filed>>;

/** A file for every slot wanted. */
export async function photographed({ customer }: Filed): Promise<void> {
  const { shots } = await customer.reaches("photos-requested");
  const ids = await Promise.all(
    shots.map(({ slot }) => customer.upload(slot, "image/png", ringPhoto(slot, 640))),
  );
  const answer = await customer.submitPhotos(ids);
  if (answer.status !== 200) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  await customer.reaches("in-review");
}
