// Softphones in a real browser, driven line by line: a command in JSON on standard input, an event in JSON on standard output.
//   {"phone":"a","do":"open","library":"jssip","host":"127.0.0.1","server":"wss://…/ws","uri":"sip:…","user":"…","password":"…","hertz":440}
//   {"phone":"a","do":"call","with":"sip:…"}
// Ends when its input ends.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";

/** One script for a page: of several hundred modules some request fails sooner or later, and then the page waits in silence. */
async function bundle(library) {
  const contents = `
    import "./heard.js";
    import "./sound.js";
    import { Phone } from "./${library}.js";
    window.openPhone = (account) => { window.setTone(account.hertz); window.phone = new Phone(account, (event, more) => window.tell(event, more ?? {})); };
    window.tell("loaded", {});`;
  const stdin = { contents, resolveDir: fileURLToPath(new URL("page", import.meta.url)) };
  const { outputFiles } = await build({ stdin, bundle: true, write: false, format: "iife", platform: "browser", logLevel: "error" });
  return outputFiles[0].text;
}

const files = new Map();
for (const library of ["jssip", "sipjs"]) {
  files.set(`/${library}`, ["text/html", `<!doctype html><title>${library}</title><link rel="icon" href="data:,"><script src="/${library}.js"></script>`]);
  files.set(`/${library}.js`, ["text/javascript", await bundle(library)]);
}

const server = createServer((request, response) => {
  const [type, text] = files.get(request.url) ?? [];
  if (text) response.writeHead(200, { "content-type": type }).end(text);
  else response.writeHead(404).end();
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
  tab.on("requestfailed", (request) => tell(phone, "fault", { message: `${request.url()}: ${request.failure()?.errorText}` }));
  tab.on("crash", () => tell(phone, "fault", { message: "The page crashed." }));
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
