// The product under test: Azurite and one process of it, on loopback, with the accounts that the load generator uses.
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { totalmem } from "node:os";
import { join } from "node:path";
import { productAddress } from "./addresses.mjs";
import { end, freePort, start, until } from "./processes.mjs";

const accountKey =
  "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

export const domain = "example.test";
export const recordedDomain = "recorded.test";
const tenant = "bench";
const recordedTenant = "recorded";

/** Starts Azurite in memory: the storage is not what is measured. With blobs only where something makes them. */
export async function startAzurite(root, folder, { blobs = false } = {}) {
  const port = await freePort();
  mkdirSync(folder, { recursive: true });
  // It keeps all rows in memory: minutes of calls are more than node's own bound.
  const memory = `--max-old-space-size=${Math.floor(totalmem() / 2 ** 21)}`;
  const main = join(root, "tools/azurite/node_modules/azurite/dist/src", blobs ? "azurite.js" : "table/main.js");
  const args = [
    memory,
    main,
    "--silent",
    "--disableTelemetry",
    "--skipApiVersionCheck",
    "--inMemoryPersistence",
  ];
  const blobPort = blobs ? await freePort() : 0;
  const others = blobs ? ["--blobHost", "127.0.0.1", "--blobPort", `${blobPort}`, "--queueHost", "127.0.0.1", "--queuePort", "0"] : [];
  const child = start("node", [...args, "--tableHost", "127.0.0.1", "--tablePort", `${port}`, ...others], {
    log: join(folder, "azurite.log"),
  });
  await until("Azurite", async () => (await answers(port)) && (!blobs || (await answers(blobPort))));
  const endpoint = (service, at) => `${service}Endpoint=http://127.0.0.1:${at}/devstoreaccount1;`;
  child.connection =
    `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${accountKey};` +
    endpoint("Table", port) +
    (blobs ? endpoint("Blob", blobPort) : "");
  return child;
}

/** A file about a thread; empty when the thread has ended. */
function readTask(tasks, id, name) {
  try {
    return readFileSync(join(tasks, id, name), "utf8");
  } catch {
    return "";
  }
}

/** One process of the product. */
export class Product {
  /** Starts it and signs in. */
  static async start({
    root,
    folder,
    storage,
    ip = productAddress,
    sipPort = 5060,
    rtp = "30000-49999",
    env = {},
    realTime = true,
  }) {
    mkdirSync(folder, { recursive: true });
    const product = new Product();
    Object.assign(product, {
      name: "the product",
      http: await freePort(),
      password: randomBytes(16).toString("hex"),
      target: `${ip}:${sipPort}`,
      folder,
    });
    const dll = join(root, "artifacts/bin/Silo/release/TekSipCloud.Silo.dll");
    const ports = [
      "--http",
      `${product.http}`,
      "--https",
      `${await freePort()}`,
      "--sip",
      `${sipPort}`,
      "--sips",
      "5061",
      "--rtp",
      rtp,
    ];
    product.child = start("dotnet", [dll, "--data", join(folder, "data"), "--bind", ip, ...ports], {
      env: {
        Storage__ConnectionString: storage,
        Setup__AdminPassword: product.password,
        ...env,
      },
      log: join(folder, "product.log"),
      realTime,
    });
    product.base = `http://${ip}:${product.http}`;
    await until("The product", () => product.#isReady(), 90);
    await product.#signIn();
    return product;
  }

  get pid() {
    return this.child.pid;
  }

  /** Makes the tenant and extensions user00000… with passwords secret00000…. */
  async addUsers(count, from = 0) {
    if (from === 0) await this.post("tenants", { id: tenant, domains: [domain] });
    await this.#addAll(tenant, count, from);
  }

  /** Makes one more tenant, the same but for its domain, all calls of which are recorded. */
  async addRecordedUsers(count) {
    await this.post("tenants", { id: recordedTenant, domains: [recordedDomain] });
    const path = `tenants/${recordedTenant}/settings`;
    await this.#send("PUT", path, { ...(await this.get(path)), recordAudio: true });
    await this.#addAll(recordedTenant, count, 0, { recordCalls: true });
  }

  /** How many recordings storage has. */
  async recordings() {
    let count = 0;
    let cursor = "";
    do {
      const page = await this.get(`tenants/${recordedTenant}/recordings?limit=1000${cursor}`);
      count += page.items.length;
      cursor = page.cursor && `&cursor=${encodeURIComponent(page.cursor)}`;
    } while (cursor);
    return count;
  }

  async #addAll(to, count, from, more = {}) {
    let next = from;
    const worker = async () => {
      while (next < count) {
        await this.#addUser(to, `${next++}`.padStart(5, "0"), more);
      }
    };
    await Promise.all(Array.from({ length: 64 }, worker));
  }

  /** Storage that does not follow on a busy machine is waited for: it is not what is measured. */
  async #addUser(to, number, more, tries = 10) {
    const user = { username: `user${number}`, password: `secret${number}`, ...more };
    try {
      await this.post(`tenants/${to}/extensions`, user);
    } catch (error) {
      // Written all the same, though the answer came too late.
      if (error.status === 409) return;
      if (error.status !== 503 || tries === 1) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await this.#addUser(to, number, more, tries - 1);
    }
  }

  /** Calls in progress. */
  async activeCalls() {
    const counters = await this.get(`tenants/${tenant}/counters`);
    return counters.items.find((counter) => counter.key === "activeSessions").value;
  }

  /** Bytes on the managed heap after a compacting collection. */
  async heapBytes() {
    return (await this.post("system/memory/compact", {})).heapBytes;
  }

  /** Proportional set size in bytes: shared pages count once. */
  pssBytes() {
    const line = readFileSync(`/proc/${this.pid}/smaps_rollup`, "utf8").match(/^Pss: +(\d+) kB/m);
    return Number(line[1]) * 1024;
  }

  get(path) {
    return this.#send("GET", path);
  }

  post(path, body) {
    return this.#send("POST", path, body);
  }

  /** The sum of a metric over its labels. */
  async metric(name) {
    const page = await (await this.#fetch("GET", `${this.base}/metrics`)).text();
    const lines = page.split("\n").filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
  }

  /** Waits until an overload is over. */
  untilNothingIsRefused() {
    return until("The end of the overload", async () => (await this.metric("teksip_overload_active")) === 0);
  }

  /** Calls whose books are not written yet. */
  unwritten() {
    return this.metric("teksip_calls_unwritten");
  }

  /** CPU time of the thread that compiles anew what runs often; read from outside, since asking the product has it compile more. */
  compilingMicroseconds() {
    const tasks = `/proc/${this.pid}/task`;
    const compilers = readdirSync(tasks).filter((id) => readTask(tasks, id, "comm").startsWith(".NET Tiered"));
    return compilers.reduce((sum, id) => sum + Number(readTask(tasks, id, "schedstat").split(" ")[0]) / 1_000, 0);
  }

  /** Until all that is known of calls is written. */
  untilWritten() {
    return until("books written", async () => (await this.unwritten()) === 0, 300);
  }

  /** Until calls and their transactions are over and the books are written. */
  async untilQuiet() {
    await until("the end of all transactions", async () => (await this.metric("teksip_sip_transactions")) === 0, 120);
    await this.untilWritten();
  }

  /** What the product itself says about work that it did not do. */
  async refusals() {
    const names = ["teksip_sip_requests_refused_total", "teksip_overload_requests_refused_total", "teksip_rtp_port_shortages_total"];
    const counts = await Promise.all(names.map((name) => this.metric(name)));
    const log = readFileSync(join(this.folder, "product.log"), "utf8").split("\n");
    return {
      ...Object.fromEntries(names.map((name, i) => [name, counts[i]])),
      log: log.filter((line) => / (WRN|ERR) .*(call|503|Overload)/.test(line)).slice(-5),
    };
  }

  end() {
    return end(this.child);
  }

  #headers() {
    return {
      "X-Requested-With": "console",
      "Content-Type": "application/json",
      Cookie: this.cookie ?? "",
    };
  }

  async #send(method, path, body) {
    const answer = await this.#fetch(method, `${this.base}/api/v1/${path}`, body);
    const text = await answer.text();
    if (!answer.ok)
      throw Object.assign(new Error(`${method} ${path}: ${answer.status} ${text}`), { status: answer.status });
    const cookies = answer.headers.getSetCookie();
    if (cookies.length > 0) this.cookie = cookies.map((cookie) => cookie.split(";")[0]).join("; ");
    return text ? JSON.parse(text) : undefined;
  }

  /** What only reads is tried again: a server that is busy may lose a connection that rested. */
  async #fetch(method, url, body, tries = method === "GET" ? 5 : 1) {
    try {
      return await fetch(url, { method, headers: this.#headers(), body: body && JSON.stringify(body) });
    } catch (error) {
      if (tries > 1 && this.child.exitCode === null && this.child.signalCode === null) return this.#fetch(method, url, body, tries - 1);
      const how = this.child.signalCode ?? this.child.exitCode;
      const state = how === null ? "" : `; the product has ended: ${how}`;
      throw new Error(`${method} ${url}: ${error.cause?.message ?? error.message}${state}`);
    }
  }

  #signIn() {
    return this.post("session", { username: "admin", password: this.password });
  }

  async #isReady() {
    if (this.child.exitCode !== null)
      throw new Error(
        `The product ended: ${readFileSync(join(this.folder, "product.log"), "utf8")}`,
      );
    try {
      return (await fetch(`${this.base}/health/ready`)).ok;
    } catch {
      return false;
    }
  }
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("connect", () => socket.end());
  });
}
