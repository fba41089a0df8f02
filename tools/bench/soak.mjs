// ./bench soak: half of the maximum of calls for minutes, with hostile traffic beside it: no call fails, memory stays flat.
import { startHostile } from "./hostile.mjs";
import { load, warmUp } from "./measure.mjs";
import { startProduct } from "./start-product.mjs";
import { step } from "./step.mjs";

const users = 2_000;
const longestHoldMs = 2_000;

/** How many seconds of calls are unwritten at the end of a half when storage has become slower than it was for the maximum. */
const secondsBehind = 5;

/** Calls in progress at most: each takes four of the product's media ports, and as many of the files it may open. */
const mostInProgress = 2_500;

/** What the heap may grow by over the second half: a leak of 100 bytes a call would be more. */
const mostGrowthMb = 8;

export async function soak({ root, folder, generator, minutes, table }) {
  // A port rests for 5 s after its call: more calls a second than there are ports for would be refused.
  const env = { Media__PortQuarantine: "00:00:00.2" };
  const product = await startProduct({ root, folder, generator }, users, { env });
  const most = await step("maximum of calls, until their books are written", () => maximum(generator, product));
  const rate = Math.floor(most / 2);
  const hostile = startHostile(root, product.target);
  const hold = Math.min(longestHoldMs, Math.floor((mostInProgress / rate) * 1_000));
  const half = (title) => step(title, () => run({ generator, product, rate, hold, seconds: minutes * 30 }));
  const first = await half(`${rate} calls/s, half of the maximum, first half`);
  const second = await half("the same, second half");
  const title = `${minutes} min of ${rate} calls/s beside ${hostile.stop()} hostile datagrams: calls that failed`;
  table.add({ title, value: first.fail + second.fail, most: 0 });
  if (first.fail + second.fail > 0) table.note(`Refused, as the product says: ${JSON.stringify(await product.refusals(), null, 2)}`);
  if ([first, second].some((each) => each.unwritten > secondsBehind * rate))
    table.note(`Storage did not follow half of what it took when the maximum was measured, ${Math.round(most)} calls/s: the machine had less to give since.`);
  const growth = megabytes(second.heap - first.heap);
  table.add({ title: "growth of the heap from half to end", value: growth, digits: 1, most: mostGrowthMb, unit: "MB" });
  for (const each of [first, second])
    table.note(
      `${each.done} calls, failed by code ${JSON.stringify(each.codes)} (699: no answer); heap ${megabytes(each.heap).toFixed(0)} MB, in use ${megabytes(each.pss).toFixed(0)} MB; p99 ${(each.p99 / 1000).toFixed(0)} ms with ${hold} ms of talk; ${each.unwritten} calls unwritten at its end`,
    );
}

/** Calls a second, books included: a rate that storage cannot follow is none that lasts. */
async function maximum(generator, product) {
  const count = 10_000;
  await warmUp(generator, "call", product, { users, count, settle: 2_000 });
  await product.untilQuiet();
  const began = performance.now();
  await load(generator, "call", product, { users, count });
  await product.untilWritten();
  return count / ((performance.now() - began) / 1000);
}

async function run({ generator, product, rate, hold, seconds }) {
  const options = { users, window: 8_000, rate, count: Math.round(rate * seconds), hold };
  const result = await load(generator, "call", product, options, { mayFail: true });
  const unwritten = await product.unwritten();
  await product.untilQuiet();
  return { ...result, unwritten, heap: await product.heapBytes(), pss: product.pssBytes() };
}

const megabytes = (bytes) => bytes / 2 ** 20;
