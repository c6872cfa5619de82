/** A picture of a ring, drawn for the demo and the tests: a PNG that passes every inspection. */
import { crc32, deflateSync } from "node:zlib";

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
};

/** A gold band on a background whose tint is the slot's, so that pictures can be told apart. Pixels square. */
export function ringPhoto(slot: string, side = 800): Uint8Array {
  const tint = [...slot].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 97, 7);
  const rows = Buffer.alloc(side * (side * 3 + 1));
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const distance = Math.hypot(x - side / 2, (y - side / 2) * 1.15) / side;
      const band = distance > 0.24 && distance < 0.34;
      const light = Math.round(40 * Math.sin((x + y) / 60));
      const at = y * (side * 3 + 1) + 1 + x * 3;
      rows[at] = band ? 205 + light : 225 - tint / 2;
      rows[at + 1] = band ? 165 + light : 222;
      rows[at + 2] = band ? 80 + light : 215 + tint / 4;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", new Uint8Array()),
  ]);
}
