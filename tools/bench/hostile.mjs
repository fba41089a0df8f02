// Somebody who sends mutated torture messages, made of a seed, from an address of their own.
import { createSocket } from "node:dgram";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const paceMs = 10;
const atATime = 10;
const mostBytes = 65_000;
const pieces = ["\r\n", "\r\n\r\n", "\0", "\r\n ", "<", ">", '"', ";", "=", "%00", "SIP/2.0", ";tag=", "\xff"];

/** Starts to send; `stop()` ends it and tells how many there were. */
export function startHostile(root, target, seed = 3261) {
  const corpus = readCorpus(join(root, "tests/Sip.Tests/Corpus"));
  const [host, port] = target.split(":");
  const random = source(seed);
  const socket = createSocket("udp4");
  let sent = 0;
  socket.on("error", () => {});
  socket.bind(0, "127.0.0.66");
  const timer = setInterval(() => {
    for (let i = 0; i < atATime; i++, sent++)
      socket.send(mutate(corpus[below(random, corpus.length)], random), Number(port), host);
  }, paceMs);
  return {
    stop: () => {
      clearInterval(timer);
      socket.close();
      return sent;
    },
  };
}

function readCorpus(folder) {
  return readdirSync(folder)
    .filter((name) => name.startsWith("Rfc"))
    .flatMap((rfc) => readdirSync(join(folder, rfc)).map((name) => join(folder, rfc, name)))
    .filter((file) => file.endsWith(".dat"))
    .toSorted()
    .map((file) => readFileSync(file));
}

function mutate(message, random) {
  let text = message.toString("latin1");
  for (let change = 1 + below(random, 4); change > 0; change--) {
    const at = below(random, text.length + 1);
    const length = below(random, 20);
    const piece = pieces[below(random, pieces.length)];
    const kind = below(random, 4);
    if (kind === 0) text = text.slice(0, at) + piece + text.slice(at);
    else if (kind === 1) text = text.slice(0, at) + text.slice(at + length);
    else if (kind === 2) text = text.slice(0, at) + piece.repeat(1 + below(random, 500)) + text.slice(at);
    else text = text.slice(0, at) + String.fromCharCode(below(random, 256)) + text.slice(at + 1);
  }
  return Buffer.from(text.slice(0, mostBytes), "latin1");
}

const below = (random, limit) => Math.floor(random() * limit);

/** mulberry32: the same numbers for the same seed everywhere. */
function source(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
