/** A question without a case, from the form to the answered mail that SES has confirmed. */
import { expect, it } from "vitest";
import { aCloud } from "./cloud.ts";

const { client, cloud } = aCloud();

it("R3, R48: asked, listed, answered by mail, with nothing that opens a case", async () => {
  const email = "asking@example.com";
  const body = {
    topic: "export-filing",
    customer: { name: "Asking Customer", email, locale: "en" },
    text: "My two rings are worth $2,600 together.",
    caseId: "CW-0000000000",
  };
  const asked = await client().call<{ enquiryId: string }>("POST", "/v1/enquiries", body);
  expect(asked.status).toBe(201);
  expect((await client().call("POST", "/v1/enquiries", body)).body).toEqual(asked.body);
  const { enquiryId } = asked.body;

  const representative = client().staff("representative");
  const listed = await client().eventually(
    () => representative.send<{ items: { enquiryId: string }[] }>("GET", "/v1/enquiries?status=open"),
    (answer) => answer.body.items.length > 0,
  );
  expect(listed.body.items).toMatchObject([{ enquiryId, topic: "export-filing", text: body.text }]);
  expect((await client().call("GET", "/v1/enquiries")).status).toBe(401);
  expect((await client().staff("shipping").send("GET", "/v1/enquiries")).status).toBe(403);

  const text = `${"Please do not ship yet. ".repeat(100)}We file it for you.`;
  const answer = () => representative.send("POST", `/v1/enquiries/${enquiryId}/answer`, { text });
  expect((await answer()).status).toBe(200);
  expect((await answer()).status).toBe(200);
  const mail = await client().mail(email, "E18");
  expect(mail.text).toContain("We file it for you.");
  expect(mail.text).not.toContain("token=");
  await cloud().quiescent();
  expect(await client().mails(email)).toHaveLength(1);

  // SES has confirmed it: after a quarter of an hour the clock wants nothing once more.
  await client().advance("PT1H");
  await cloud().quiescent();
  expect(await client().mails(email)).toHaveLength(1);
  const { body: answered } = await representative.send<{ items: object[] }>(
    "GET",
    "/v1/enquiries?status=answered",
  );
  expect(answered.items).toMatchObject([{ enquiryId, answer: { text } }]);
});
