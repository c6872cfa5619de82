import { describe, expect, it } from "vitest";
import { itemSize, type WireItem } from "../../scripts/measure/item-size.ts";
import { createTableLedger } from "../../scripts/measure/table-ledger.ts";

const QUEUE = { name: "queue", hash: "list", range: "since", holds: ["name"] };
const key = (sk: string): WireItem => ({ pk: { S: "A" }, sk: { S: sk } });
/** An item of about so many bytes. */
const sized = (sk: string, bytes: number, more: WireItem = {}): WireItem => ({
  ...key(sk),
  text: { S: "x".repeat(bytes - 10) },
  ...more,
});
const transact = (...items: readonly object[]) => ({ TransactItems: items });

describe("the size of an item", () => {
  it("is that of its names and values: text in UTF-8, two digits a byte", () => {
    expect(itemSize({ a: { S: "環" } })).toBe(1 + 3);
    expect(itemSize({ a: { N: "1234" }, b: { N: "-5" }, c: { N: "100" } })).toBe(1 + 3 + 1 + 3 + 1 + 2);
    expect(itemSize({ a: { BOOL: true } })).toBe(2);
  });

  it("counts three bytes for a list or a map and one for each of its elements", () => {
    expect(itemSize({ a: { L: [{ S: "xy" }, { S: "z" }] } })).toBe(1 + 3 + 3 + 2);
    expect(itemSize({ a: { M: { b: { S: "xy" } } } })).toBe(1 + 3 + 1 + 1 + 2);
  });

  it("is unknown for types that no item here has", () => {
    expect(() => itemSize({ a: { SS: ["x"] } })).toThrow("no size is known");
  });
});

describe("what DynamoDB charges", () => {
  it("a write: a unit for each kilobyte begun, twice in a transaction", () => {
    const ledger = createTableLedger([]);
    expect(ledger.charge("PutItem", { Item: sized("1", 1000) }, 200).writes).toBe(1);
    expect(ledger.charge("PutItem", { Item: sized("2", 1030) }, 200).writes).toBe(2);
    const both = transact({ Put: { Item: sized("3", 1000) } }, { Put: { Item: sized("4", 1030) } });
    expect(ledger.charge("TransactWriteItems", both, 200).writes).toBe(2 + 4);
  });

  it("a write over a larger item: by what was there", () => {
    const ledger = createTableLedger([]);
    ledger.charge("PutItem", { Item: sized("1", 3000) }, 200);
    expect(ledger.charge("PutItem", { Item: sized("1", 100) }, 200).writes).toBe(3);
    expect(ledger.charge("PutItem", { Item: sized("1", 100) }, 200).writes).toBe(1);
  });

  it("a failed condition: by what stands there, which stays", () => {
    const ledger = createTableLedger([]);
    ledger.charge("PutItem", { Item: sized("1", 3000) }, 200);
    expect(ledger.charge("PutItem", { Item: sized("1", 100) }, 400).writes).toBe(3);
    expect(ledger.sizes("A").partition).toBeGreaterThan(2900);
  });

  it("an update: the whole item as it then is", () => {
    const ledger = createTableLedger([]);
    ledger.charge("PutItem", { Item: sized("1", 1000) }, 200);
    const update = {
      Key: key("1"),
      UpdateExpression: "SET #a = :a REMOVE #t",
      ExpressionAttributeNames: { "#a": "answer", "#t": "text" },
      ExpressionAttributeValues: { ":a": { S: "y".repeat(2000) } },
    };
    expect(ledger.charge("UpdateItem", update, 200).writes).toBe(2);
    expect(ledger.sizes("A").partition).toBe(itemSize({ ...key("1"), answer: { S: "y".repeat(2000) } }));
  });

  it("an index: a write for a new entry, two for one that moves, none for what it does not hold", () => {
    const ledger = createTableLedger([QUEUE]);
    const listed = (list: string, name: string, text: string) => ({
      Item: { ...key("1"), list: { S: list }, since: { S: "0" }, name: { S: name }, text: { S: text } },
    });
    expect(ledger.charge("PutItem", listed("a", "Ann", "1"), 200).writes).toBe(1 + 1);
    expect(ledger.charge("PutItem", listed("a", "Ann", "2"), 200).writes).toBe(1);
    expect(ledger.charge("PutItem", listed("a", "Bea", "2"), 200).writes).toBe(1 + 1);
    expect(ledger.charge("PutItem", listed("b", "Bea", "2"), 200).writes).toBe(1 + 2);
    expect(ledger.charge("DeleteItem", { Key: key("1") }, 200).writes).toBe(1 + 1);
  });

  it("a read: a unit for each four kilobytes begun of all that the Query passes, half where it need not be the last", () => {
    const ledger = createTableLedger([QUEUE]);
    for (const sk of ["1", "2", "3"]) ledger.charge("PutItem", { Item: sized(sk, 2000) }, 200);
    const query = {
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: "A" } },
    };
    expect(ledger.charge("Query", { ...query, ConsistentRead: true }, 200).reads).toBe(2);
    expect(ledger.charge("Query", query, 200).reads).toBe(1);
    const one = { ...query, KeyConditionExpression: "pk = :pk AND sk = :sk", ConsistentRead: true };
    const values = { ":pk": { S: "A" }, ":sk": { S: "1" } };
    expect(ledger.charge("Query", { ...one, ExpressionAttributeValues: values }, 200).reads).toBe(1);
    const batch = { RequestItems: { table: { Keys: [key("1"), key("9")], ConsistentRead: true } } };
    expect(ledger.charge("BatchGetItem", batch, 200).reads).toBe(2);
  });

  it("nothing it does not know", () => {
    const ledger = createTableLedger([]);
    expect(() => ledger.charge("ExecuteStatement", {}, 200)).toThrow("no price is known");
    expect(() => ledger.charge("UpdateItem", { Key: key("1"), UpdateExpression: "ADD #a :a" }, 200)).toThrow(
      "not understood",
    );
  });
});
