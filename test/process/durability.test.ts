/** The process dies between any two calls: after `kill -9` every open case goes on where it was (design, idea 4). */
import { expect, it } from "vitest";
import { journey } from "../../local/demo/journey.ts";
import { aMortalCloud } from "./mortal.ts";

const { client, restart } = aMortalCloud();

it("goes on at each wait after kill -9, with every mail once", { timeout: 240_000 }, async () => {
  const one = journey(client());
  const before = await client().now();
  await one.file();
  await restart();
  await one.sendPhotos();
  await restart();
  await one.approve();
  await restart();
  await one.giveShippingDetails();
  await restart();
  await one.ship();
  await restart();
  await one.receive();
  await restart();
  await one.finishWork();
  await restart();
  await one.inspect();
  await restart();
  await one.deliver();
  expect((await client().now()) > before).toBe(true);
  const mails = await client().mails("emily.carter@example.com");
  // In any order: a mail killed between its mark and SES is the clock's to send, a quarter of an hour later.
  expect(mails.map((mail) => mail.email).toSorted()).toEqual(
    ["E1", "E2", "E4", "E9", "E10", "E13", "E16", "E17"].toSorted(),
  );
});
