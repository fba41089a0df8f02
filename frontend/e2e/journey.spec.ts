import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./axe";
import { ExtensionsPage } from "./pages/extensions-page";
import { HistoryPage } from "./pages/history-page";
import { RecordingsPage } from "./pages/recordings-page";
import { SessionsPage } from "./pages/sessions-page";
import { Shell } from "./pages/shell";
import { SignInPage } from "./pages/sign-in-page";
import { SoundsPage, wave } from "./pages/sounds-page";
import { TenantsPage } from "./pages/tenants-page";
import { Phone } from "./phone";

const username = process.env.ADMIN_USER ?? "admin";
const password = process.env.ADMIN_PASSWORD ?? "";
const images = fileURLToPath(new URL("../../docs/images/", import.meta.url));
const sipPort = Number(process.env.SIP_PORT);
/** Made by --demo. */
const tenant = "demo";
const domain = "demo.example";

const pages = [
  "Overview",
  "Active sessions",
  "Registrations",
  "Extensions",
  "Destinations",
  "Routes",
  "Security",
  "Sounds",
  "Settings",
  "Call history",
  "Recordings",
  "Event log",
  "Tenants",
  "System",
] as const;

const wide = { width: 1440, height: 900 };
const narrow = { width: 390, height: 844 };
const narrowest = { width: 360, height: 740 };

/** A picture for the documentation, when it is to be renewed. */
async function picture(page: Page, name: string) {
  if (process.env.UPDATE_SCREENSHOTS !== "1") return;
  mkdirSync(images, { recursive: true });
  const file = `console-${name.toLowerCase().replaceAll(" ", "-")}.png`;
  await page.screenshot({ path: images + file, animations: "disabled" });
}

/** The tenant's calls are recorded, those of extensions that are to be. */
async function recordCalls(page: Page) {
  const path = `/api/v1/tenants/${tenant}/settings`;
  const settings = await (await page.request.get(path)).json();
  const changed = await page.request.put(path, {
    headers: { "X-Requested-With": "console" },
    data: { ...settings, recordAudio: true },
  });
  expect(changed.ok(), await changed.text()).toBe(true);
}

/** A phone of a new extension. */
async function addPhone(page: Page, number: string, more = {}) {
  const account = { domain, number, password: `secret of ${number}` };
  const added = await page.request.post(`/api/v1/tenants/${tenant}/extensions`, {
    headers: { "X-Requested-With": "console" },
    data: { username: number, password: account.password, ...more },
  });
  expect(added.ok(), await added.text()).toBe(true);
  return Phone.open(sipPort, account);
}

test.beforeEach(() => {
  expect(password, "ADMIN_PASSWORD must be given").not.toBe("");
});

test("An operator signs in, sees every page, and adds, changes and removes an extension", async ({
  page,
}) => {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  const shell = new Shell(page);
  const signIn = new SignInPage(page);
  const extensions = new ExtensionsPage(page);
  const history = new HistoryPage(page);

  await test.step("a page asked for without a session leads to the sign-in and back", async () => {
    await page.goto("/console/tenants");
    await signIn.isShown();
    await expectAccessible(page, "the sign-in page");
    await picture(page, "sign-in");
    await signIn.signIn(username, `not ${password}`);
    await signIn.refuses();
    await signIn.signIn(username, password);
    await shell.isShown("Tenants");
  });

  await test.step("every page is shown, is accessible and has something to say", async () => {
    await new TenantsPage(page).enter(tenant);
    await shell.isShown("Overview");
    for (const name of pages) {
      await shell.open(name);
      await expectAccessible(page, name);
      await picture(page, name);
    }
  });

  await test.step("an extension is added, changed and removed", async () => {
    const number = `9${Date.now() % 1_000_000_000}`;
    await shell.open("Extensions");
    await extensions.addInVain("not a number");
    await extensions.add(number, "Journey");
    await shell.says("The extension is added. Its phone can register now.");
    await extensions.search(number);
    await extensions.lists(number, "Journey");
    await extensions.rename(number, "Journey's end");
    await extensions.lists(number, "Journey's end");
    await extensions.remove(number);
    await shell.says(`No extension begins with ${number}`);
  });

  await test.step("a call in progress shows its messages", async () => {
    const sessions = new SessionsPage(page);
    const [caller, callee] = [await addPhone(page, "9801"), await addPhone(page, "9802")];
    await callee.register();
    const end = caller.call("9802");
    await shell.open("Active sessions");
    await sessions.openMessages("9801", "9802");
    await sessions.showMessage("INVITE sip:9802", "m=audio");
    await expectAccessible(page, "a call's messages");
    await picture(page, "call-messages");
    await sessions.closeMessages();
    callee.busy();
    expect(await end).toContain(" 486 ");
    caller.close();
    callee.close();
  });

  await test.step("a recorded call is heard, each party on its own channel", async () => {
    const recordings = new RecordingsPage(page);
    await recordCalls(page);
    const caller = await addPhone(page, "9803", { recordCalls: true });
    const callee = await addPhone(page, "9804");
    await callee.register();
    const answered = caller.call("9804");
    const offer = await callee.accept();
    const answer = await answered;
    await Promise.all([caller.talk(answer, 440, 3), callee.talk(offer, 1_000, 3)]);
    await caller.hangUp(answer);
    caller.close();
    callee.close();
    await expect
      .poll(
        async () =>
          (await (await page.request.get(`/api/v1/tenants/${tenant}/recordings`)).json()).items
            .length,
        { timeout: 20_000 },
      )
      .toBe(1);
    await shell.open("Overview");
    await shell.open("Recordings");
    await recordings.open("9803", "9804");
    await recordings.plays(1);
    expect(await recordings.duration()).toBeGreaterThan(2.9);
    expect(await recordings.tones([440, 1_000])).toEqual([440, 1_000]);
    await expectAccessible(page, "a recording's player");
    await picture(page, "Recordings");
    await recordings.close();
    await recordings.remove("9803", "9804");
  });

  await test.step("a finished call tells its story, also to those who reload the page", async () => {
    await shell.open("Call history");
    await history.openFirst();
    await expectAccessible(page, "a call's details");
    await picture(page, "call-details");
    await page.reload();
    await expect(history.details).toBeVisible();
    await history.closeDetails();
  });

  await test.step("music on hold is uploaded, refused with the reason, and the default brought back", async () => {
    const sounds = new SoundsPage(page);
    await shell.open("Sounds");
    await sounds.upload("Music on hold", "song.mp3", Buffer.from("ID3 this is no wave"));
    await sounds.refuses("This is an MP3 file. It must be a WAV file.");
    await sounds.upload("Music on hold", "song.wav", wave(2));
    await shell.says("The sound is uploaded. The next call that needs it has it.");
    await shell.says("In use: song.wav, 0:02");
    await sounds.plays("Music on hold", 2);
    await expectAccessible(page, "an uploaded sound");
    await sounds.remove("Music on hold");
    await shell.says("In use: the default, a quiet melody.");
  });

  await test.step("the dark theme is accessible too", async () => {
    await shell.chooseTheme("Dark");
    for (const name of pages) {
      await shell.open(name);
      await expectAccessible(page, `${name} in the dark`);
    }
    await shell.open("Overview");
    await picture(page, "overview-dark");
    await shell.chooseTheme("Light");
  });

  await test.step("a phone's width is enough for every page", async () => {
    await page.setViewportSize(narrowest);
    for (const name of pages) {
      await shell.open(name);
      await shell.fits(name);
    }
    await expectAccessible(page, "a narrow page");
    await page.setViewportSize(narrow);
    await shell.open("Overview");
    await picture(page, "overview-phone");
    await page.setViewportSize(wide);
  });

  await test.step("a tenant that does not exist is said to be none", async () => {
    await page.goto("/console/t/nobody-here/extensions");
    await expect(page.getByRole("alert")).toContainText("There is no tenant nobody-here.");
    await page.getByRole("link", { name: "TekSIP Cloud" }).click();
    await shell.isShown("Overview");
  });

  await test.step("the end of a session leads to the sign-in and back to the same page", async () => {
    await shell.open("Registrations");
    await page.context().clearCookies();
    await signIn.isShown();
    await signIn.signIn(username, password);
    await shell.isShown("Registrations");
  });

  await test.step("after signing out the pages are closed", async () => {
    await shell.signOut();
    await signIn.isShown();
    await page.goto("/console/");
    await signIn.isShown();
  });

  expect(faults, "errors in the page").toEqual([]);
});
