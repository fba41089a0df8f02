// Runs of the load generator, interleaved so that both servers meet the same noise.
import { phonesAddress } from "./addresses.mjs";
import { domain } from "./product.mjs";
import { run } from "./processes.mjs";

/** Runs of a warm-up: at most this many, settled when the last few were hardly cheaper than the best before them. */
const mostWarmUps = 40;
const settledRuns = 3;
const settledShare = 0.97;

/** The share of its cost that compiling may have in each of the last few runs when a warm-up is over. */
const compiledShare = 0.03;

/** Long enough for what is done every few seconds. */
const restMilliseconds = 15_000;

/** One run; throws when more than one unit in a thousand failed, unless that is what is measured. */
export async function load(generator, mode, server, options, { mayFail = false } = {}) {
  const who = `${mode} at ${server.name}`;
  const all = { target: server.target, domain, bind: phonesAddress, pid: server.pid, ...options };
  // What a server leaves for later is charged to the run that made it, and to no later one.
  if (options.settle && server.behind) all.behind = server.behind;
  if (options.settle && server.rest) all.rest = server.rest;
  const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  // One that never sleeps would keep everything else from its core.
  const done = await run(generator, [mode, ...args], { realTime: !options.busy, needs: server.child });
  const line = done.output.split("\n").find((text) => text.startsWith("done="));
  if (!line)
    throw new Error(`${who}: ${done.errors.trim() || done.output.trim() || `exit code ${done.code}`}`);
  if (done.code !== 0 && !mayFail) throw new Error(`${who}: ${line}`);
  return figuresOf(line);
}

function figuresOf(line) {
  const figures = Object.fromEntries(
    [...line.matchAll(/(\w+)=("[^"]*"|\S+)/g)].map(([, key, value]) => [key, Number(value)]),
  );
  return {
    cpu: figures.cpu_us_per_unit,
    rate: figures.per_s,
    fail: figures.fail,
    done: figures.done,
    seconds: figures.secs,
    secondsOffered: figures.offered_s,
    rateOffered: figures.done_per_s_offered,
    repeated: figures.rtx,
    p99: figures.p99_us,
    codes: Object.fromEntries(
      Object.keys(figures)
        .filter((key) => /^code\d+$/.test(key))
        .map((key) => [key.slice(4), figures[key]]),
    ),
  };
}

/**
 * The same work again and again until it gets no cheaper, and nothing is compiled any more: what runs often is compiled anew, meanwhile it
 * costs twice as much. The same rule for every server.
 */
export async function warmUp(generator, mode, server, options) {
  const costs = [];
  const compiling = [];
  while (costs.length < mostWarmUps && !(isSettled(costs) && isCompiled(compiling))) {
    const before = server.compilingMicroseconds?.() ?? 0;
    // A server that nobody has used yet may be too slow for all of it; what is measured afterwards may fail at nothing.
    const { cpu, done } = await load(generator, mode, server, options, { mayFail: true });
    compiling.push(((server.compilingMicroseconds?.() ?? 0) - before) / (cpu * done));
    costs.push(cpu);
  }
}

const isCompiled = (shares) => shares.slice(-settledRuns).every((share) => share <= compiledShare);

function isSettled(costs) {
  const before = costs.slice(0, -settledRuns);
  return before.length > 0 && Math.min(...costs.slice(-settledRuns)) > settledShare * Math.min(...before);
}

/** What a server takes for being there, in µs a second. While leftovers are awaited it is not theirs. */
export async function rest(generator, server) {
  return (await load(generator, "rest", server, { users: 1, settle: restMilliseconds })).cpu;
}

/** The same work at both servers in turn, `runs` times; ratios are taken run by run. */
export async function compare(generator, mode, { kamailio, product }, options, runs) {
  return summary(await alternate([kamailio, product], (server) => load(generator, mode, server, options), runs), "Kamailio");
}

/** Pairs of results, of the peer and of the product. */
export async function alternate([peer, product], run, runs) {
  const results = [];
  for (let i = 0; i < runs; i++) {
    const pair = new Map();
    for (const server of i % 2 === 0 ? [peer, product] : [product, peer]) pair.set(server, await run(server));
    results.push({ peer: pair.get(peer), product: pair.get(product) });
  }
  return results;
}

/** What a row of the table has of such pairs. */
export function summary(results, peer) {
  const ratios = results.map((result) => result.product.cpu / result.peer.cpu);
  const side = (name) => describe(results.map((result) => result[name]));
  return { value: median(ratios), range: range(ratios), figures: `${side("product")}, ${peer} ${side("peer")}` };
}

function describe(results) {
  const costs = results.map((result) => result.cpu);
  const digits = Math.max(...costs) < 20 ? 1 : 0;
  const [low, high] = range(costs).map((cost) => cost.toFixed(digits));
  const rate = median(results.map((result) => result.rate)).toFixed(0);
  return `${median(costs).toFixed(digits)} µs [${low}..${high}] at ${rate}/s`;
}

export const range = (values) => [Math.min(...values), Math.max(...values)];

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
