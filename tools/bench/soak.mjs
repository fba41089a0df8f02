// ./bench soak: half of the maximum of calls for minutes, with hostile traffic beside it: no call fails, memory stays flat.
import { join } from "node:path";
import { startHostile } from "./hostile.mjs";
import { load } from "./measure.mjs";
import { endAll, untilIdle } from "./processes.mjs";
import { Product, startAzurite } from "./product.mjs";
import { step } from "./step.mjs";
import { printTable, row } from "./table.mjs";

const users = 2_000;
const holdMs = 2_000;

/** What the heap may grow by over the second half: a leak of 100 bytes a call would be more. */
const mostGrowthMb = 8;

export async function soak({ root, folder, generator, minutes }) {
  const rows = [];
  try {
    const storage = await startAzurite(root, join(folder, "azurite"));
    const product = await Product.start({
      root,
      folder: join(folder, "product"),
      storage: storage.connection,
      // A port rests for 5 s after its call: more calls a second than there are ports for would be refused.
      env: { Media__PortQuarantine: "00:00:00.2" },
    });
    await step(`adding ${users} extensions`, () => product.addUsers(users));
    // Books included: a rate that storage cannot follow is none that lasts.
    const most = await step("maximum of calls, until their books are written", async () => {
      await load(generator, "call", product, { users, count: 5_000 });
      await untilIdle(product.pid);
      const began = performance.now();
      await load(generator, "call", product, { users, window: 64, count: 10_000 });
      await untilIdle(product.pid);
      return 10_000 / ((performance.now() - began) / 1000);
    });
    const rate = Math.floor(most / 2);
    const hostile = startHostile(root, product.target);
    const half = (title) =>
      step(title, async () => {
        const count = Math.round((rate * minutes * 60) / 2);
        const options = { users, window: 8_000, rate, count, hold: holdMs };
        const result = await load(generator, "call", product, options, { mayFail: true });
        await untilIdle(product.pid);
        return { ...result, heap: await product.heapBytes(), pss: product.pssBytes() };
      });
    const first = await half(`${rate} calls/s, half of the maximum, first half`);
    const second = await half("the same, second half");
    const sent = hostile.stop();
    const title = `${minutes} min of ${rate} calls/s beside ${sent} hostile datagrams`;
    rows.push(row.limit(`${title}: calls that failed`, first.fail + second.fail, 0, undefined, ""));
    const growth = (second.heap - first.heap) / 2 ** 20;
    rows.push(row.limit("growth of the heap from half to end", growth, mostGrowthMb, undefined, "MB"));
    rows.push(
      row.note(
        `${first.done + second.done} calls, failed by code ${JSON.stringify({ ...first.codes, ...second.codes })}; heap ${(first.heap / 2 ** 20).toFixed(0)} MB, then ${(second.heap / 2 ** 20).toFixed(0)} MB; in use ${(first.pss / 2 ** 20).toFixed(0)} MB, then ${(second.pss / 2 ** 20).toFixed(0)} MB; p99 ${(second.p99 / 1000).toFixed(0)} ms with ${holdMs} ms of talk`,
      ),
    );
  } finally {
    await endAll();
  }
  printTable(rows);
  return rows.every((each) => each.ok);
}
