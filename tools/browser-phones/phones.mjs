// Softphones in a real browser, driven line by line: a command in JSON on standard input, an event in JSON on standard output.
//   {"phone":"a","do":"open","library":"jssip","host":"127.0.0.1","server":"wss://…/ws","uri":"sip:…","user":"…","password":"…","hertz":440}
//   {"phone":"a","do":"call","with":"sip:…"}
// Ends when its input ends.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { bundle } from "./commonjs.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const library = bundle("jssip", "JsSIP");
const importMap = JSON.stringify({ imports: { "sip.js": "/node_modules/sip.js/lib/index.js" } });
const page = (name) => `<!doctype html><title>${name}</title>
<script type="importmap">${importMap}</script>
<script src="/page/heard.js"></script>
<script src="/page/sound.js"></script>
<script src="/jssip-bundle.js"></script>
<script type="module">
  import { Phone } from "/page/${name}.js";
  window.openPhone = (account) => { window.setTone(account.hertz); window.phone = new Phone(account, (event, more) => window.tell(event, more ?? {})); };
  window.tell("loaded", {});
</script>`;

const files = new Map();
const read = (path) => {
  if (!files.has(path)) files.set(path, readFile(here + path.slice(1)));
  return files.get(path);
};

const server = createServer(async (request, response) => {
  const path = new URL(request.url, "http://localhost").pathname;
  // SIP.js is two hundred modules: every page after the first has them from the browser's cache.
  const send = (type, text) => response.writeHead(200, { "content-type": type, "cache-control": "max-age=3600" }).end(text);
  const name = /^\/(jssip|sipjs)$/.exec(path)?.[1];
  if (name) return send("text/html", page(name));
  if (path === "/jssip-bundle.js") return send("text/javascript", library);
  if (!/^\/(page|node_modules\/sip\.js)\/[\w./-]+\.js$/.test(path) || path.includes("..")) return response.writeHead(404).end();
  return send("text/javascript", await read(path));
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--ignore-certificate-errors",
    "--allow-loopback-in-peer-connection",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
    "--autoplay-policy=no-user-gesture-required",
  ],
});
const context = await browser.newContext({ ignoreHTTPSErrors: true });
const phones = new Map();
const tell = (phone, event, more) => console.log(JSON.stringify({ phone, event, ...more }));

async function open({ phone, library, host, ...account }) {
  const tab = await context.newPage();
  let loaded;
  const isLoaded = new Promise((done) => (loaded = done));
  await tab.exposeFunction("tell", (event, more) => (event === "loaded" ? loaded() : tell(phone, event, more)));
  tab.on("pageerror", (error) => tell(phone, "fault", { message: error.message }));
  await tab.goto(`http://${host}:${server.address().port}/${library}`);
  await isLoaded;
  phones.set(phone, tab);
  await tab.evaluate((account) => {
    window.openPhone(account);
    return window.phone.start();
  }, account);
}

async function obey({ phone, do: action, ...rest }) {
  if (action === "open") return open({ phone, ...rest });
  const tab = phones.get(phone);
  if (action === "close") return tab.close();
  return tab.evaluate(
    async ([action, argument]) => void (await (action in window.phone ? window.phone : window)[action](argument)),
    [action, rest.with],
  );
}

console.log(JSON.stringify({ event: "ready" }));
for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  // Not awaited: a call that rings must not keep another phone from being told to answer.
  obey(command).catch((error) => tell(command.phone, "fault", { message: error.message }));
}
await browser.close();
server.close();
