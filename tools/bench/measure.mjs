// Runs of the load generator, interleaved so that both servers meet the same noise.
import { run } from "./processes.mjs";

/** One run; throws when more than one unit in a thousand failed, unless that is what is measured. */
export async function load(generator, mode, server, options, { mayFail = false } = {}) {
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  const done = await run(
    generator,
    [
      mode,
      "--target",
      server.target,
      "--domain",
      "example.test",
      "--pid",
      `${server.pid}`,
      ...args,
    ],
    {
      realTime: true,
    },
  );
  const line = done.output.split("\n").find((text) => text.startsWith("done="));
  if (!line)
    throw new Error(
      `${mode} at ${server.target}: ${done.errors || done.output || `exit code ${done.code}`}`,
    );
  const figures = Object.fromEntries(
    [...line.matchAll(/(\w+)=("[^"]*"|\S+)/g)].map(([, key, value]) => [key, Number(value)]),
  );
  if (done.code !== 0 && !mayFail) throw new Error(`${mode} at ${server.target}: ${line}`);
  return {
    cpu: figures.cpu_us_per_unit,
    rate: figures.per_s,
    fail: figures.fail,
    retransmissions: figures.rtx,
    done: figures.done,
    p99: figures.p99_us,
    codes: Object.fromEntries(
      Object.keys(figures)
        .filter((key) => /^code\d+$/.test(key))
        .map((key) => [key.slice(4), figures[key]]),
    ),
  };
}

/** The same work at both servers in turn, `runs` times; ratios are taken run by run. */
export async function compare(generator, mode, peer, product, options, runs) {
  const results = [];
  for (let i = 0; i < runs; i++) {
    const order = i % 2 === 0 ? [peer, product] : [product, peer];
    const pair = new Map();
    for (const server of order) pair.set(server, await load(generator, mode, server, options));
    results.push({ peer: pair.get(peer), product: pair.get(product) });
  }
  const of = (side, key) => median(results.map((result) => result[side][key]));
  const ratios = results.map((result) => result.product.cpu / result.peer.cpu);
  return {
    peerCpu: of("peer", "cpu"),
    productCpu: of("product", "cpu"),
    peerRate: of("peer", "rate"),
    productRate: of("product", "rate"),
    ratio: median(ratios),
    ratios: ratios.toSorted((a, b) => a - b),
    failures: results.reduce((sum, result) => sum + result.product.fail, 0),
  };
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
