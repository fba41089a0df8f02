// ./bench overload: what the product still does when it has half a core and is offered twice what it can do.
import { limitToHalfCore } from "./half-core.mjs";
import { load, median, range, warmUp } from "./measure.mjs";
import { startProduct } from "./start-product.mjs";
import { step } from "./step.mjs";

const users = 2_000;
/** How long it is offered, and how long the maximum is taken. The books of more calls would take minutes to be written. */
const seconds = { call: 8, reg: 20 };
const secondsOfMaximum = { call: 3, reg: 5 };
// The maximum differs between runs: each overload is compared with the one that was just found.
const runs = 5;
const leastGoodput = 0.8;
const timeout = 8_000;

/** The product reads its quota once a second: until it has, it believes to have the whole machine, which it had for its books. */
const untilQuotaIsKnown = 2_000;

/** Phones at a time. Of registrations some are dropped and wait for their next try: as many as come until they give up, or less would be offered than asked. */
const window = { call: 8_000, reg: 1_000_000 };

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
      await table.attempt({ title, least: leastGoodput }, () => measure({ generator, product, table, limit, mode }));
  }
  await product.end();
  limit.release();
}

const nameOf = (mode) => (mode === "call" ? "calls" : "registrations");

async function measure({ generator, product, table, limit, mode }) {
  // The books of calls need no half core, and the next run is not to meet what is left of this one.
  const untilWritten = async () => {
    await product.untilNothingIsRefused();
    await limit.whileFree(() => product.untilWritten());
    await new Promise((resolve) => setTimeout(resolve, untilQuotaIsKnown));
  };
  const name = nameOf(mode);
  const results = [];
  for (let i = 1; i <= runs; i++) {
    const most = await step(`maximum of ${name}, ${i} of ${runs}`, () => findMaximum(generator, product, mode));
    await step("until all is written", untilWritten);
    const title = `${Math.round(most.rate * 2)}/s offered, twice the maximum`;
    const result = await step(`${name}: ${title}`, () => offer(generator, product, mode, Math.round(most.rate * 2)));
    // The next maximum is not to share its half core with the books of these calls.
    await step("until all is written", untilWritten);
    results.push({ ...result, title, goodput: result.rateOffered / most.rate });
    table.note(`${name}: ${title}: ${describe(result)}`);
  }
  report(table, name, mode, results);
}

async function findMaximum(generator, product, mode) {
  const trial = await load(generator, mode, product, { users, busy, window: 64, count: 1_000 });
  const count = Math.round(trial.rate * secondsOfMaximum[mode]);
  return load(generator, mode, product, { users, busy, window: 64, count });
}

async function offer(generator, product, mode, rate) {
  const options = { users, busy, timeout, window: window[mode], rate, count: rate * seconds[mode] };
  const result = await load(generator, mode, product, options, { mayFail: true });
  const begun = options.count / result.secondsOffered;
  if (begun < 0.9 * rate) throw new Error(`${nameOf(mode)}: the generator could begin ${begun.toFixed(0)}/s of ${rate}/s`);
  return { ...result, begun };
}

function report(table, name, mode, results) {
  const ratios = results.map((result) => result.goodput);
  const title = `${name}: twice the maximum offered: goodput by maximum`;
  table.add({ title, value: median(ratios), range: range(ratios), figures: results.map((each) => each.title).join(", "), least: leastGoodput });
  if (mode === "reg") return;
  // What is lost before the first refusals, one in a thousand at most. A REGISTER that is dropped is repeated by its phone, and may never be answered.
  const lost = results.reduce((sum, { fail, codes }) => sum + fail - (codes[503] ?? 0), 0);
  const begun = results.reduce((sum, { done, fail }) => sum + done + fail, 0);
  table.add({ title: `${name}: failures other than 503`, value: lost, most: Math.floor(begun / 1_000) });
}

const describe = ({ begun, done, codes, p99, rateOffered, repeated }) =>
  `${begun.toFixed(0)}/s begun, ${rateOffered}/s done, ${done} in all; not done by code ${JSON.stringify(codes)} (699: no answer in ${timeout / 1000} s), p99 of those done ${(p99 / 1000).toFixed(0)} ms; ${repeated} requests repeated`;
