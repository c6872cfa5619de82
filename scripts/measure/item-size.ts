/** How large DynamoDB counts an item: what its prices are a function of. */

/** An attribute as the wire has it: `{"S": "…"}`. */
export type Attribute = Readonly<Record<string, unknown>>;
export type WireItem = Readonly<Record<string, Attribute>>;

const bytes = (text: string): number => Buffer.byteLength(text);

/** Two digits a byte, leading and trailing zeros left out, one byte on top, one more for a sign. */
const numberSize = (text: string): number => {
  const significant = text.replace(/^-/, "").replace(".", "").replace(/^0+/, "").replace(/0+$/, "");
  return Math.ceil(significant.length / 2) + 1 + (text.startsWith("-") ? 1 : 0);
};

/** Three bytes for a list or a map, one more for each of its elements. */
const container = (sizes: readonly number[]): number => 3 + sizes.reduce((sum, size) => sum + size + 1, 0);

/** @throws Error for a type that no item here has. */
const valueSize = (attribute: Attribute): number => {
  const [[type, value] = []] = Object.entries(attribute);
  switch (type) {
    case "S":
      return bytes(value as string);
    case "N":
      return numberSize(value as string);
    case "BOOL":
    case "NULL":
      return 1;
    case "L":
      return container((value as Attribute[]).map(valueSize));
    case "M":
      return container(
        Object.entries(value as WireItem).map(([name, inner]) => bytes(name) + valueSize(inner)),
      );
    default:
      throw new Error(`no size is known for the type ${type}`);
  }
};

/** Bytes of an item: the names of its attributes and their values. */
export const itemSize = (item: WireItem): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + bytes(name) + valueSize(value), 0);
