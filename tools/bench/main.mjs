// Called by ./bench, which has built the product and the generator.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { media } from "./media.mjs";
import { overload } from "./overload.mjs";
import { endAll } from "./processes.mjs";
import { sip } from "./sip.mjs";
import { soak } from "./soak.mjs";
import { Table } from "./table.mjs";

const commands = { media, overload, sip, soak };
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
const table = new Table();
process.on("SIGINT", () => void endAll().then(() => process.exit(130)));
process.on("SIGTERM", () => void endAll().then(() => process.exit(143)));
await table.attempt({ title: positionals[0] }, () =>
  command({
    ...values,
    runs: Number(values.runs),
    minutes: Number(values.minutes),
    folder,
    table,
  }),
);
await endAll();
table.print();
if (table.isMet) rmSync(folder, { recursive: true, force: true });
else process.stderr.write(`\nThe logs are in ${folder}\n`);
process.exitCode = table.isMet ? 0 : 1;
