// ./bench media: audio through the product and through rtpengine, side by side. Calls are set up by SIP.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { apartAddress, refreshersAddress } from "./addresses.mjs";
import { alternate, load, median, rest, summary, warmUp } from "./measure.mjs";
import { endAll } from "./processes.mjs";
import { recordedDomain } from "./product.mjs";
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

// Calls of fifteen seconds: files are made, uploaded and removed per call, and people talk for longer.
const recording = { of: "recording", title: "recording 100 calls, beside the same calls unrecorded", calls: 100, most: 1.3, seconds: 15 };

/** Longer than the periods of writers and uploads, so that what is left for them has begun before storage is looked at. */
const settleMilliseconds = 2_500;

/** Contacts that refresh once a minute while the delay is measured. */
const contacts = 100_000;
const refreshes = Math.round(contacts / 60);
const warmRefreshes = 20_000;
const besideCalls = 300;
const beside = "RTP to RTP, 300 calls, beside 100,000 contacts that refresh each minute";

const apart = "the same in a process of their own, and in that of the contacts";

/** What the product may add to a packet's way, beside what the peer does, in milliseconds. */
const mostDelay = 1;

export async function media({ only, table, ...bench }) {
  const wanted = works.filter((work) => !only || work.of === only);
  const isWanted = (name) => !only || only === name;
  if (wanted.length === 0 && !["recording", "beside", "apart"].includes(only)) throw new Error(`--only ${only}: there is no such work`);
  for (const [index, work] of wanted.entries()) {
    process.stdout.write(`${work.title}\n`);
    const folder = join(bench.folder, `${index}`);
    mkdirSync(folder);
    await table.attempt(work, () => measure({ ...bench, folder, table, work }));
    await endAll();
  }
  if (isWanted("recording")) await alone("recording", recording, measureRecording, { ...bench, table });
  if (isWanted("beside")) await alone("beside", { title: beside }, measureBeside, { ...bench, table });
  // Asked for by name alone: it decides where the relay runs (ADR 12), and the product is as fast either way.
  if (only === "apart") await alone("apart", { title: apart }, measureApart, { ...bench, table });
}

async function alone(name, work, measure, { table, ...bench }) {
  process.stdout.write(`${work.title}\n`);
  const folder = join(bench.folder, name);
  mkdirSync(folder);
  await table.attempt(work, () => measure({ ...bench, folder, table }));
  await endAll();
}

/** The product beside itself: calls of one tenant are recorded, those of another are not. Uploads are charged to the calls that made them. */
async function measureRecording({ generator, table, runs, ...bench }) {
  const { calls, seconds } = recording;
  const product = await startProduct({ ...bench, generator }, 2 * calls, { registered: 0, blobs: true });
  await step(`adding ${2 * calls} extensions that are recorded`, () => product.addRecordedUsers(2 * calls));
  const options = { count: calls, seconds, settle: settleMilliseconds };
  const optionsOf = (isRecorded) => ({ ...options, ...(isRecorded && { domain: recordedDomain }) });
  await step("warming both up", async () => {
    for (const isRecorded of [false, true])
      await warmUp(generator, "media", product, { ...optionsOf(isRecorded), seconds: 2 });
  });
  product.rest = await step("measuring a server at rest", () => rest(generator, product));
  const before = await product.recordings();
  const run = (isRecorded) => load(generator, "media", product, optionsOf(isRecorded), { mayFail: true });
  const results = await step(`${runs} runs of each in turn`, () => alternate([false, true], run, runs));
  const kept = (await product.recordings()) - before;
  table.add({ ...recording, unit: "×", ...summary(results, "unrecorded") });
  addLoss(table, results, "unrecorded");
  table.add({ title: "  recordings that storage lacks", figures: `${kept} are there`, value: Math.abs(runs * calls - kept), most: 0 });
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
    for (const server of [product, rtpengine]) {
      await warmUp(generator, "reg", server, { ...others, count: warmRefreshes });
      await warmUp(generator, "media", server, { ...options, seconds: 2 });
    }
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

/**
 * The most that a process for the relay alone could gain: the calls have one in which nothing else is done, neither grains nor registrations.
 * What commanding it from another process would cost is not in it.
 */
async function measureApart({ generator, table, runs, ...bench }) {
  const media = 2 * besideCalls;
  const together = await startProduct({ ...bench, generator }, contacts, { registered: 0 });
  const alone = await startProduct({ ...bench, folder: join(bench.folder, "apart"), generator }, media, { registered: 0, ip: apartAddress });
  const others = { users: contacts - media, first: media, bind: refreshersAddress, timeout: 30_000 };
  const options = { count: besideCalls, seconds };
  await step(`registering ${others.users} contacts`, () => load(generator, "reg", together, { ...others, count: others.users }));
  await step("warming both up", async () => {
    for (const server of [together, alone]) await warmUp(generator, "media", server, { ...options, seconds: 2 });
  });
  // The contacts refresh at the same process each time, so that the machine is as busy.
  const run = async (server) => {
    const count = refreshes * (seconds + 10);
    const refreshing = load(generator, "reg", together, { ...others, rate: refreshes, window: 4_000, count }, { mayFail: true });
    const [figures] = await Promise.all([load(generator, "media", server, options, { mayFail: true }), refreshing]);
    return figures;
  };
  const results = await step(`${runs} runs at each in turn`, () => alternate([alone, together], run, runs));
  addDelay(table, apart, results, "apart");
  addLoss(table, results, "apart");
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

function addDelay(table, title, results, peer = "rtpengine") {
  const delays = results.map((result) => (result.product.p99 - result.peer.p99) / 1_000);
  const p99 = (side) => `${(median(results.map((result) => result[side].p99)) / 1_000).toFixed(2)} ms`;
  table.add({
    title,
    figures: `${p99("product")}, ${peer} ${p99("peer")}`,
    value: median(delays),
    unit: "ms",
    most: mostDelay,
  });
}

function addLoss(table, results, peer = "rtpengine") {
  const lost = (side) => results.reduce((sum, result) => sum + result[side].fail, 0);
  table.add({ title: "  packets lost", figures: `${peer} ${lost("peer")}`, value: lost("product"), most: 0 });
}
