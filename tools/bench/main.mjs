// Called by ./bench, which has built the product and the generator.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { overload } from "./overload.mjs";
import { endAll } from "./processes.mjs";
import { sip } from "./sip.mjs";
import { soak } from "./soak.mjs";

const commands = { overload, sip, soak };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    root: { type: "string" },
    generator: { type: "string" },
    runs: { type: "string", default: "5" },
    only: { type: "string" },
    minutes: { type: "string", default: "5" },
  },
});
const command = commands[positionals[0]];
const folder = mkdtempSync(join(tmpdir(), "teksip-bench-"));
process.on("SIGINT", () => void endAll().then(() => process.exit(130)));
process.on("SIGTERM", () => void endAll().then(() => process.exit(143)));
try {
  const isMet = await command({
    root: values.root,
    generator: values.generator,
    folder,
    runs: Number(values.runs),
    only: values.only,
    minutes: Number(values.minutes),
  });
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = isMet ? 0 : 1;
} catch (error) {
  process.stderr.write(`\n${error.message}\nThe logs are in ${folder}\n`);
  await endAll();
  process.exitCode = 2;
}
