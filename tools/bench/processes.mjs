// Starting and ending what a comparison needs. Everything that was started is ended with the bench, also on Ctrl-C.
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";

const running = [];

/** Starts a program whose output goes to a file. As root it gets real-time scheduling, like the peer beside it. */
export function start(command, args, { env = {}, log, realTime = false } = {}) {
  const output = openSync(log, "w");
  const [program, rest] =
    realTime && process.getuid() === 0 ? ["chrt", ["-r", "10", command, ...args]] : [command, args];
  const child = spawn(program, rest, {
    env: { ...process.env, ...env },
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  child.ended = new Promise((resolve) => child.once("exit", resolve));
  running.push(child);
  return child;
}

/** Runs a program to its end and returns what it printed. Without the process it needs, when that is given, it ends and this throws. */
export async function run(command, args, { realTime = false, needs } = {}) {
  const [program, rest] =
    realTime && process.getuid() === 0 ? ["chrt", ["-r", "10", command, ...args]] : [command, args];
  const child = spawn(program, rest, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (errors += chunk));
  child.ended = new Promise((resolve) => child.once("close", resolve));
  running.push(child);
  const code = await Promise.race([child.ended, ...(needs ? [needs.ended.then(() => needs)] : [])]);
  if (code !== needs) return { code, output, errors };
  await end(child);
  throw new Error(`The server ended by itself: ${needs.exitCode ?? needs.signalCode}`);
}

/** Ends a program by a signal, at last by SIGKILL. */
export async function end(child, signal = "SIGTERM") {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  const killer = setTimeout(() => child.kill("SIGKILL"), 20_000);
  await child.ended;
  clearTimeout(killer);
}

/** Ends everything that still runs, the latest first. */
export async function endAll() {
  for (const child of running.splice(0).reverse()) await end(child);
}

/** Waits for a condition, and says what it waited for when it does not come true. */
export async function until(what, condition, seconds = 120) {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A TCP port that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
