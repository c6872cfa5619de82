/** R5: a serial number typed in small letters is the same ring, with the same one right. */
import { expect, it } from "vitest";
import { createCaseStore } from "../../lambdas/adapters/dynamodb/case-store.ts";
import { aRing } from "../builders/case-file.ts";
import { startTable } from "../builders/dynamodb.ts";

it("R5: however it is spelled, a ring has one ledger", async () => {
  const database = await startTable();
  try {
    const store = createCaseStore({ client: database.client, tableName: database.tableName });
    await store.putRing(0, aRing({ serialNumber: "SN-Ab-1", version: 0 }));
    const { rings } = await store.reference({ serials: ["sn-ab-1", "SN-AB-1", "SN-2"], designs: [] });
    expect([...rings.keys()]).toEqual(["sn-ab-1", "SN-AB-1"]);
    expect(rings.get("sn-ab-1")?.serialNumber).toBe("SN-Ab-1");
    await expect(store.putRing(0, aRing({ serialNumber: "sn-ab-1", version: 0 }))).rejects.toThrow(
      "ring has changed",
    );
  } finally {
    await database.stop();
  }
});
