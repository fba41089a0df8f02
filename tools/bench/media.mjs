// ./bench media: audio through the product and through rtpengine, side by side. Calls are set up by SIP.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
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

/** What the product may add to a packet's way, beside what the peer does, in milliseconds. */
const mostDelay = 1;

export async function media({ only, table, ...bench }) {
  const wanted = works.filter((work) => !only || work.of === only);
  if (wanted.length === 0) throw new Error(`--only ${only}: there is no such work`);
  for (const [index, work] of wanted.entries()) {
    process.stdout.write(`${work.title}\n`);
    const folder = join(bench.folder, `${index}`);
    mkdirSync(folder);
    await table.attempt(work, () => measure({ ...bench, folder, table, work }));
    await endAll();
  }
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
  const delays = results.map((result) => (result.product.p99 - result.peer.p99) / 1_000);
  const p99 = (side) => `${(median(results.map((result) => result[side].p99)) / 1_000).toFixed(2)} ms`;
  table.add({
    title: "  delay added beyond rtpengine's, p99",
    figures: `${p99("product")}, rtpengine ${p99("peer")}`,
    value: median(delays),
    unit: "ms",
    most: mostDelay,
  });
  const lost = (side) => results.reduce((sum, result) => sum + result[side].fail, 0);
  table.add({ title: "  packets lost", figures: `rtpengine ${lost("peer")}`, value: lost("product"), most: 0 });
}
