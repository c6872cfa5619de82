/** `npm start`: the local cloud on PORT (3000), its data in `.local`, until Ctrl-C. */
import { join } from "node:path";
import { startCloud } from "./cloud.ts";
import { ROOT } from "./plan/synth.ts";

// Functions run in UTC, and share the time zone of this process.
process.env["TZ"] = "UTC";

const began = performance.now();
const port = Number(process.env["PORT"] ?? 3000);
const dataDir = process.env["LOCAL_DATA"] ?? join(ROOT, ".local");
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`PORT must be a number of a port, not ${process.env["PORT"]}`);
  process.exit(2);
}

try {
  const host = process.env["HOST"];
  const cloud = await startCloud({
    dataDir,
    port,
    ...(host ? { host } : {}),
    warm: true,
    progress: (line) => console.log(`  ${line}`),
  });
  console.log(`
The after-sales service is up after ${((performance.now() - began) / 1000).toFixed(1)} s.

  Open this first   ${cloud.url}/
  Inbox             ${cloud.url}/local/inbox
  API               ${cloud.url}/v1
  Data and logs     ${cloud.dataDir}

Stop it with Ctrl-C; the data stays for the next start.`);

  let stoppingSince: number | undefined;
  const stop = (): void => {
    // npm passes on a signal the terminal has sent already; only a later one means "at once".
    if (stoppingSince !== undefined && performance.now() - stoppingSince > 1000) process.exit(1);
    if (stoppingSince !== undefined) return;
    stoppingSince = performance.now();
    console.log("\nStopping …");
    void cloud.close().then(() => process.exit(0));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  process.on("SIGHUP", stop);
} catch (error) {
  const { code, message } = error as { code?: string; message: string };
  console.error(
    code === "EADDRINUSE"
      ? `Port ${port} is taken. Stop what uses it, or choose another: PORT=3001 npm start`
      : `The local cloud did not start: ${message}`,
  );
  process.exit(1);
}
