/** A local cloud in a process of its own, to be killed: `node local-child.ts <data folder> <assembly>`; prints its address. */
import { startCloud } from "../../local/cloud.ts";

const [dataDir = "", assembly = ""] = process.argv.slice(2);
const cloud = await startCloud({ dataDir, assembly, seed: false });
process.on("SIGTERM", () => void cloud.close().then(() => process.exit(0)));
process.stdout.write(`${cloud.url}\n`);
