// ./bench media: audio through the product and through rtpengine, side by side. Calls are set up by SIP.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { refreshersAddress } from "./addresses.mjs";
import { alternate, load, median, summary, warmUp } from "./measure.mjs";
import { endAll } from "./processes.mjs";
import { startRtpengine } from "./rtpengine.mjs";
import { startProduct } from "./start-product.mjs";
import { step } from "./step.mjs";

const seconds = 5;

const works = [
  { of: "rtp", title: "RTP to RTP, 300 calls", calls: 300, most: 0.7, aim: 0.5 },
  { of: "rtp", title: "RTP to RTP, 700 calls", calls: 700, most: 0.7, aim: 0.5 },
  { of: "sdes", title: "SRTP (SDES) to RTP, 300 calls", calls: 300, most: 0.75, aim: 0.5, options: { sdes: "" } },
  // Of a browser's call; rtpengine is offered no ICE, which costs it nothing while the call goes on.
  { of: "dtls", title: "DTLS-SRTP to RTP, 300 calls", calls: 300, options: { dtls: "" }, ours: { ice: "" } },
];

/** Contacts that refresh once a minute while the delay is measured. */
const contacts = 100_000;
const refreshes = Math.round(contacts / 60);
const besideCalls = 300;
const beside = "RTP to RTP, 300 calls, beside 100,000 contacts that refresh each minute";

/** What the product may add to a packet's way, beside what the peer does, in milliseconds. */
const mostDelay = 1;

export async function media({ only, table, ...bench }) {
  const wanted = works.filter((work) => !only || work.of === only);
  if (wanted.length === 0 && only !== "beside") throw new Error(`--only ${only}: there is no such work`);
  for (const [index, work] of wanted.entries()) {
    process.stdout.write(`${work.title}\n`);
    const folder = join(bench.folder, `${index}`);
    mkdirSync(folder);
    await table.attempt(work, () => measure({ ...bench, folder, table, work }));
    await endAll();
  }
  if (only && only !== "beside") return;
  process.stdout.write(`${beside}\n`);
  const folder = join(bench.folder, "beside");
  mkdirSync(folder);
  await table.attempt({ title: beside }, () => measureBeside({ ...bench, folder, table }));
}

/** Delay alone: what registrations cost is measured elsewhere, and is not the relay's. */
async function measureBeside({ generator, table, runs, ...bench }) {
  const media = 2 * besideCalls;
  const product = await startProduct({ ...bench, generator }, contacts, { registered: 0 });
  const rtpengine = await startRtpengine(join(bench.folder, "peer"), contacts);
  const others = { users: contacts - media, first: media, bind: refreshersAddress, timeout: 30_000 };
  const options = { count: besideCalls, seconds };
  await step(`registering ${others.users} contacts at each`, async () => {
    for (const server of [product, rtpengine])
      await load(generator, "reg", server, { ...others, count: others.users });
  });
  await step("warming both up", async () => {
    for (const server of [product, rtpengine]) await warmUp(generator, "media", server, { ...options, seconds: 2 });
  });
  const run = async (server) => {
    // Longer than the calls take to come up: what is refreshed for is what is measured.
    const count = refreshes * (seconds + 10);
    const refreshing = load(generator, "reg", server, { ...others, rate: refreshes, window: 4_000, count }, { mayFail: true });
    const [figures, refreshed] = await Promise.all([load(generator, "media", server, options, { mayFail: true }), refreshing]);
    return { ...figures, refreshed };
  };
  const results = await step(`${runs} runs at each in turn`, () => alternate([rtpengine, product], run, runs));
  const failed = (side) => results.reduce((sum, result) => sum + result[side].refreshed.fail, 0);
  table.note(`Refreshes that failed meanwhile: ${failed("product")} at the product, ${failed("peer")} at Kamailio beside rtpengine.`);
  addDelay(table, beside, results);
  addLoss(table, results);
}

async function measure({ work, table, generator, runs, ...bench }) {
  const users = 2 * work.calls;
  const product = await startProduct({ ...bench, generator }, users, { registered: 0 });
  const rtpengine = await startRtpengine(join(bench.folder, "peer"), users);
  const options = { count: work.calls, seconds, ...work.options };
  const optionsOf = (server) => (server === product ? { ...options, ...work.ours } : options);
  const run = (server) => load(generator, "media", server, optionsOf(server), { mayFail: true });
  await step("warming both up", async () => {
    for (const server of [product, rtpengine]) await warmUp(generator, "media", server, { ...optionsOf(server), seconds: 2 });
  });
  const results = await step(`${runs} runs at each in turn`, () => alternate([rtpengine, product], run, runs));
  table.add({ ...work, unit: "×", ...summary(results, "rtpengine") });
  addDelay(table, "  delay added beyond rtpengine's, p99", results);
  addLoss(table, results);
}

function addDelay(table, title, results) {
  const delays = results.map((result) => (result.product.p99 - result.peer.p99) / 1_000);
  const p99 = (side) => `${(median(results.map((result) => result[side].p99)) / 1_000).toFixed(2)} ms`;
  table.add({
    title,
    figures: `${p99("product")}, rtpengine ${p99("peer")}`,
    value: median(delays),
    unit: "ms",
    most: mostDelay,
  });
}

function addLoss(table, results) {
  const lost = (side) => results.reduce((sum, result) => sum + result[side].fail, 0);
  table.add({ title: "  packets lost", figures: `rtpengine ${lost("peer")}`, value: lost("product"), most: 0 });
}
