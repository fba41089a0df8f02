// ./bench overload: what the product still does when it has half a core and is offered twice what it can do.
import { limitToHalfCore } from "./half-core.mjs";
import { load, warmUp } from "./measure.mjs";
import { startProduct } from "./start-product.mjs";
import { step } from "./step.mjs";

const users = 2_000;
const seconds = 20;
// The books of a longer one would take minutes to be written.
const secondsOfMaximum = 5;
const leastGoodput = 0.8;

// A paced generator would sleep between two answers, and on loopback it is the answering process that pays for waking it: up to half of what a
// refusal costs, which no real network charges. So it stays awake, for the maximum as for the overload.
const busy = 1;

// What the CPU can do is measured: storage may lag behind, ports need not rest, and one address stands for thousands of phones.
const env = {
  Gateway__CallBacklog: "1000000",
  Gateway__Sources__StrangerRate: "0",
  Gateway__Sources__TrustedRate: "0",
  Media__PortQuarantine: "00:00:00.2",
};

export async function overload({ root, folder, generator, only, table }) {
  const product = await startProduct({ root, folder, generator }, users, { env, realTime: false });
  await step("warming up", async () => {
    await warmUp(generator, "reg", product, { users, count: 20_000 });
    await warmUp(generator, "call", product, { users, count: 5_000 });
    await product.untilWritten();
  });
  const limit = limitToHalfCore(product.pid);
  table.note(`Limited to half a core by ${limit.by}.`);
  for (const mode of ["call", "reg"]) {
    const title = `${nameOf(mode)}: goodput by maximum`;
    if (!only || only === mode)
      await table.attempt({ title, least: leastGoodput }, () => measure({ generator, product, table, mode }));
  }
  await product.end();
  limit.release();
}

const perSecond = (count, { seconds }) => `${Math.round(count / seconds)}/s`;

const nameOf = (mode) => (mode === "call" ? "calls" : "registrations");

async function measure({ generator, product, table, mode }) {
  const name = nameOf(mode);
  const most = await step(`maximum of ${name}`, async () => {
    const trial = await load(generator, mode, product, { users, busy, window: 64, count: 1_000 });
    const count = Math.round(trial.rate * secondsOfMaximum);
    const found = await load(generator, mode, product, { users, busy, window: 64, count });
    await product.untilWritten();
    return found;
  });
  const rate = Math.round(most.rate * 2);
  const title = `${name}: ${rate}/s offered, twice the maximum`;
  const result = await step(title, () =>
    load(
      generator,
      mode,
      product,
      { users, busy, window: 8_000, rate, count: rate * seconds },
      { mayFail: true },
    ),
  );
  // The next maximum is not to share its half core with the books of these calls.
  await step("until all is written", () => product.untilWritten());
  // Those that wait for their next try are done later, if at all: what counts is the time until the last has its answer.
  const goodput = result.rate / most.rate;
  table.add({ title: `${title}: goodput by maximum`, value: goodput, least: leastGoodput });
  const lost = result.fail - (result.codes[503] ?? 0);
  // What is lost before the first refusals, one in a thousand at most.
  const mostLost = Math.floor((rate * seconds) / 1_000);
  table.add({ title: `${title}: failures other than 503`, value: lost, most: mostLost });
  table.note(
    `${title}: ${result.done} done, not done by code ${JSON.stringify(result.codes)} (699: no answer in 8 s), p99 of those done ${(result.p99 / 1000).toFixed(0)} ms; begun ${perSecond(result.done + result.fail, result)}, requests repeated ${perSecond(result.repeated, result)}`,
  );
}
