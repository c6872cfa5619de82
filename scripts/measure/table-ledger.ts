/**
 * What DynamoDB would charge for each request: follows every write of the table, so that each size is that of the
 * real item, and each read that of the real partition (AWS, "DynamoDB read and write operations").
 */
import type { Attribute, WireItem } from "./item-size.ts";
import { itemSize } from "./item-size.ts";

export interface Units {
  readonly writes: number;
  readonly reads: number;
}
export interface IndexPlan {
  readonly name: string;
  readonly hash: string;
  readonly range: string;
  /** What it holds beside the keys; undefined: everything. */
  readonly holds: readonly string[] | undefined;
}
type Json = Readonly<Record<string, unknown>>;

const NONE: Units = { writes: 0, reads: 0 };
const WRITE_BLOCK = 1024;
const READ_BLOCK = 4096;
/** Prepare and commit. */
const TRANSACTION = 2;
const EVENTUAL = 0.5;

/** Every key here is a string. */
const text = (attribute: Attribute | undefined): string =>
  typeof attribute?.["S"] === "string" ? attribute["S"] : "";
const keyOf = (item: WireItem): string => `${text(item["pk"])}\n${text(item["sk"])}`;
const blocks = (size: number, block: number): number => Math.max(1, Math.ceil(size / block));
const writeUnits = (...items: readonly (WireItem | undefined)[]): number =>
  blocks(Math.max(...items.map((item) => (item ? itemSize(item) : 0))), WRITE_BLOCK);

/** `SET a = :a, b = :b REMOVE c`: all that the store ever says. @throws Error for more than that */
const updated = (before: WireItem, request: Json): WireItem => {
  const names = (request["ExpressionAttributeNames"] ?? {}) as Record<string, string>;
  const values = (request["ExpressionAttributeValues"] ?? {}) as WireItem;
  const [, set = "", remove = ""] =
    /^(?:SET (.*?))?\s*(?:REMOVE (.*))?$/.exec(String(request["UpdateExpression"])) ?? [];
  if (!set && !remove) throw new Error(`not understood: ${String(request["UpdateExpression"])}`);
  const next: Record<string, Attribute> = { ...before };
  for (const part of set.split(", ").filter(Boolean)) {
    const [name = "", value = ""] = part.split(" = ");
    const given = values[value];
    if (!given) throw new Error(`not understood: ${part}`);
    next[names[name] ?? name] = given;
  }
  for (const name of remove.split(", ").filter(Boolean)) delete next[names[name] ?? name];
  return next;
};

export const createTableLedger = (indexes: readonly IndexPlan[]) => {
  const table = new Map<string, WireItem>();

  const projected = (index: IndexPlan, item: WireItem | undefined): WireItem | undefined => {
    if (!item?.[index.hash] || !item[index.range]) return undefined;
    if (!index.holds) return item;
    const kept = ["pk", "sk", index.hash, index.range, ...index.holds];
    return Object.fromEntries(Object.entries(item).filter(([name]) => kept.includes(name)));
  };

  /** An index entry whose key moves is deleted and written anew; one that stays the same costs nothing. */
  const indexUnits = (before: WireItem | undefined, after: WireItem | undefined): number =>
    indexes.reduce((sum, index) => {
      const [was, is] = [projected(index, before), projected(index, after)];
      if (!was || !is) return sum + (was ? writeUnits(was) : is ? writeUnits(is) : 0);
      if (text(was[index.hash]) !== text(is[index.hash]) || text(was[index.range]) !== text(is[index.range]))
        return sum + writeUnits(was) + writeUnits(is);
      return sum + (JSON.stringify(was) === JSON.stringify(is) ? 0 : writeUnits(was, is));
    }, 0);

  /** @param factor 2 in a transaction; the indexes follow outside of it */
  const write = (key: string, after: WireItem | undefined, factor: number, done: boolean): number => {
    const before = table.get(key);
    // A condition that fails is charged as well, by the size of what stands there.
    if (!done) return factor * writeUnits(before);
    if (after) table.set(key, after);
    else table.delete(key);
    return factor * writeUnits(before, after) + indexUnits(before, after);
  };

  const apply = (kind: string, request: Json, factor: number, done: boolean): number => {
    if (kind === "Put") {
      const item = request["Item"] as WireItem;
      return write(keyOf(item), item, factor, done);
    }
    const key = request["Key"] as WireItem;
    const before = table.get(keyOf(key));
    if (kind === "Update")
      return write(keyOf(key), done ? updated(before ?? key, request) : before, factor, done);
    if (kind === "Delete") return write(keyOf(key), undefined, factor, done);
    return factor * writeUnits(before);
  };

  const query = (request: Json): number => {
    const values = request["ExpressionAttributeValues"] as WireItem;
    const index = indexes.find(({ name }) => name === request["IndexName"]);
    const conditions = String(request["KeyConditionExpression"])
      .split(" AND ")
      .map((part) => {
        const [, name = "", operator, value = ""] = /^(\w+) (=|<=) (:\w+)$/.exec(part) ?? [];
        if (!operator) throw new Error(`not understood: ${part}`);
        return (item: WireItem) =>
          operator === "="
            ? text(item[name]) === text(values[value])
            : text(item[name]) <= text(values[value]);
      });
    const size = [...table.values()]
      .map((item) => (index ? projected(index, item) : item))
      .filter((item) => item !== undefined)
      .filter((item) => conditions.every((holds) => holds(item)))
      .reduce((sum, item) => sum + itemSize(item), 0);
    return blocks(size, READ_BLOCK) * (request["ConsistentRead"] ? 1 : EVENTUAL);
  };

  const get = (key: WireItem, consistent: unknown): number => {
    const item = table.get(keyOf(key));
    return blocks(item ? itemSize(item) : 0, READ_BLOCK) * (consistent ? 1 : EVENTUAL);
  };

  return {
    /** Units of one request, in the order the requests were answered. @throws Error for what no store here asks */
    charge(operation: string, request: Json, status: number): Units {
      const done = status < 300;
      switch (operation) {
        case "TransactWriteItems": {
          const parts = (request["TransactItems"] as Json[]).flatMap((part) => Object.entries(part));
          const units = parts.map(([kind, of]) => apply(kind, of as Json, TRANSACTION, done));
          return { writes: units.reduce((sum, one) => sum + one, 0), reads: 0 };
        }
        case "PutItem":
        case "UpdateItem":
        case "DeleteItem":
          return { writes: apply(operation.replace("Item", ""), request, 1, done), reads: 0 };
        case "Query":
          return { writes: 0, reads: query(request) };
        case "GetItem":
          return { writes: 0, reads: get(request["Key"] as WireItem, request["ConsistentRead"]) };
        case "BatchGetItem": {
          const asked = Object.values(request["RequestItems"] as Record<string, Json>);
          const units = asked.flatMap((of) =>
            (of["Keys"] as WireItem[]).map((key) => get(key, of["ConsistentRead"])),
          );
          return { writes: 0, reads: units.reduce((sum, one) => sum + one, 0) };
        }
        case "ListTables":
        case "CreateTable":
        case "DescribeTable":
        case "UpdateTimeToLive":
        case "DescribeTimeToLive":
          return NONE;
        default:
          throw new Error(`no price is known for ${operation}`);
      }
    },
    /** Bytes of a case's snapshot, of its entry in the index that has it, and of everything under its key. */
    sizes(pk: string): { readonly snapshot: number; readonly row: number; readonly partition: number } {
      const items = [...table.values()].filter((item) => text(item["pk"]) === pk);
      const snapshot = items.find((item) => text(item["sk"]) === "CASE");
      const row = indexes.map((index) => projected(index, snapshot)).find((entry) => entry !== undefined);
      return {
        snapshot: snapshot ? itemSize(snapshot) : 0,
        row: row ? itemSize(row) : 0,
        partition: items.reduce((sum, item) => sum + itemSize(item), 0),
      };
    },
  };
};
