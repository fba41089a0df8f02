// ./bench sip: the signalling of the product and of Kamailio, side by side. Each figure has servers of its own.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startKamailio } from "./kamailio.mjs";
import { compare, load, median, rest, warmUp } from "./measure.mjs";
import { endAll, until } from "./processes.mjs";
import { startProduct } from "./start-product.mjs";
import { step } from "./step.mjs";

const users = 10_000;
const callers = 2_000;
const registrations = { users, count: 40_000 };
const paced = { users, count: 20_000, rate: 2_000, window: 500 };

/** What is kept of a call is done behind its phones' backs: it counts too. */
const calls = { users: callers, count: 10_000, settle: 2_000 };

const works = [
  {
    of: "reg",
    title: "REGISTER cycle, closed loop",
    most: 0.8,
    aim: 0.6,
    unit: "×",
    measure: (bench) => beside(bench, "reg", [registrations], registrations),
  },
  {
    of: "paced",
    title: "REGISTER cycle, paced 2000/s",
    most: 1.0,
    aim: 0.8,
    unit: "×",
    measure: (bench) => beside(bench, "reg", [registrations, paced], paced),
  },
  {
    of: "call",
    title: "call, closed loop",
    most: 1.0,
    aim: 0.7,
    unit: "×",
    measure: (bench) => beside(bench, "call", [calls], calls),
  },
  {
    of: "failures",
    title: "failures in 100,000 calls at 80 % of the maximum",
    most: 0,
    measure: failures,
  },
  {
    of: "memory",
    title: "memory per call in progress",
    most: 30,
    aim: 15,
    unit: "KB",
    digits: 1,
    measure: memoryPerCall,
  },
  {
    of: "memory",
    title: "memory per registered contact, 100,000 of them",
    most: 5,
    aim: 3.5,
    unit: "KB",
    digits: 1,
    measure: memoryPerContact,
  },
  { of: "first", title: "first registrations", measure: firstRegistrations },
];

export async function sip({ only, table, ...bench }) {
  const wanted = works.filter((work) => !only || work.of === only);
  if (wanted.length === 0) throw new Error(`--only ${only}: there is no such work`);
  for (const [index, work] of wanted.entries()) {
    process.stdout.write(`${work.title}\n`);
    const folder = join(bench.folder, `${index}`);
    mkdirSync(folder);
    await table.attempt(work, async () => {
      const { note, ...found } = await work.measure({ ...bench, folder });
      if (note) table.note(note);
      if (found.value !== undefined) table.add({ ...work, ...found });
    });
    await endAll();
  }
}

/** The same work at both, after other work that has warmed them up. */
async function beside(bench, mode, warmings, options) {
  const product = await startProduct(bench, options.users);
  const kamailio = await startKamailio(join(bench.folder, "kamailio"), users);
  await step("warming both up", async () => {
    for (const server of [product, kamailio])
      for (const warming of warmings) await warmUp(bench.generator, mode, server, warming);
  });
  if (options.settle) await step("both at rest", () => measureRest(bench, [product, kamailio]));
  const found = await step(`${bench.runs} runs at each in turn`, () =>
    compare(bench.generator, mode, { kamailio, product }, options, bench.runs),
  );
  return { ...found, note: product.rest && `At rest: ${[product, kamailio].map(describeRest).join(", ")} a second.` };
}

async function measureRest(bench, servers) {
  for (const server of servers) {
    await server.untilQuiet?.();
    server.rest = await rest(bench.generator, server);
  }
}

function describeRest({ name, rest }) {
  return `${name} ${(rest / 1_000).toFixed(1)} ms`;
}

async function failures(bench) {
  const product = await startProduct(bench, callers);
  await step("warming up", () => warmUp(bench.generator, "call", product, calls));
  // What the phones wait for counts; the books of either run may follow behind.
  await step("until all is written", () => product.untilQuiet());
  const fastest = await step("maximum of calls", () =>
    load(bench.generator, "call", product, { users: callers, count: 20_000 }),
  );
  await step("until all is written", () => product.untilQuiet());
  const rate = Math.floor(fastest.rate * 0.8);
  const options = { users: callers, window: 2_000, count: 100_000, rate };
  const result = await step(`100,000 calls at ${rate}/s`, () =>
    load(bench.generator, "call", product, options, { mayFail: true }),
  );
  const figures = `${rate}/s`;
  if (result.fail === 0) return { value: 0, figures };
  const why = JSON.stringify(await product.refusals(), null, 2);
  return { value: result.fail, figures, note: `Failed calls by code: ${JSON.stringify(result.codes)} (699: no answer). ${why}` };
}

async function memoryPerCall(bench) {
  // Four media ports each: fewer than half of the files that a process may usually have open.
  const count = 2_000;
  const product = await startProduct(bench, 2 * count);
  await step("warming up", () => load(bench.generator, "call", product, { ...calls, users: 2 * count }));
  const before = await product.heapBytes();
  const options = { users: 2 * count, window: count, count, rate: 300, hold: 60_000 };
  // It ends with the servers.
  load(bench.generator, "call", product, options).catch(() => {});
  await step(`${count} calls in progress`, () =>
    until("calls in progress", async () => (await product.activeCalls()) >= count),
  );
  return { value: ((await product.heapBytes()) - before) / count / 1024 };
}

async function memoryPerContact(bench) {
  const contacts = 100_000;
  const product = await startProduct(bench, contacts, { registered: 0 });
  await load(bench.generator, "reg", product, { users: 1, count: 1_000 });
  // Without what making the extensions left in memory: they are on storage.
  const before = await product.heapBytes();
  await step(`registering ${contacts} contacts`, () =>
    load(bench.generator, "reg", product, { users: contacts, count: contacts, timeout: 30_000 }),
  );
  return { value: ((await product.heapBytes()) - before) / contacts / 1024 };
}

async function firstRegistrations(bench) {
  const product = await startProduct(bench, users);
  await step("warming up", () => warmUp(bench.generator, "reg", product, registrations));
  const results = [];
  await step(`${bench.runs} times all of them, first removed`, async () => {
    for (let i = 0; i < bench.runs; i++) {
      await load(bench.generator, "reg", product, { users, count: users, expires: 0 });
      results.push(await load(bench.generator, "reg", product, { users, count: users }));
    }
  });
  const of = (key) => median(results.map((result) => result[key])).toFixed(0);
  return { note: `First registrations, each written to Azurite before its 200: ${of("rate")}/s, ${of("cpu")} µs of CPU` };
}
