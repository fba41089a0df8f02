// ./bench sip: the signalling of the product and of Kamailio, side by side.
import { join } from "node:path";
import { startKamailio } from "./kamailio.mjs";
import { compare, load } from "./measure.mjs";
import { endAll, until } from "./processes.mjs";
import { Product, startAzurite } from "./product.mjs";
import { step } from "./step.mjs";
import { printTable, row } from "./table.mjs";

const users = 10_000;

export async function sip({ root, folder, generator, runs, only }) {
  const rows = [];
  const wanted = (name) => !only || name.includes(only);
  try {
    const storage = await startAzurite(root, join(folder, "azurite"));
    const product = await Product.start({
      root,
      folder: join(folder, "product"),
      storage: storage.connection,
    });
    const kamailio = await startKamailio(join(folder, "kamailio"), users);
    await step(`adding ${users} extensions`, () => product.addUsers(users));
    if (wanted("reg") || wanted("call"))
      await beside({ generator, product, kamailio, runs, rows, wanted });
    if (wanted("failures")) await atMostOfMaximum({ generator, product, rows });
    if (wanted("memory")) {
      await perCall({ generator, product, rows });
      await product.end();
      await perContact({ root, folder, generator, rows });
    }
  } finally {
    await endAll();
  }
  printTable(rows);
  return rows.every((each) => each.ok);
}

async function beside({ generator, product, kamailio, runs, rows, wanted }) {
  const first = await step("first registrations", () =>
    load(generator, "reg", product, { users, count: users, window: 64 }),
  );
  await step("warming up", async () => {
    await load(generator, "reg", product, { users, count: 40_000 });
    if (wanted("call")) await load(generator, "call", product, { users: 2_000, count: 20_000 });
    await load(generator, "reg", kamailio, { users, count: 20_000 });
  });
  const against = (title, mode, options, limit, aim) =>
    step(title, async () =>
      rows.push(
        row(title, await compare(generator, mode, kamailio, product, options, runs), limit, aim),
      ),
    );
  if (wanted("reg")) {
    await against("REGISTER cycle, closed loop", "reg", { users, count: 40_000 }, 0.8, 0.6);
    await against(
      "REGISTER cycle, paced 2000/s",
      "reg",
      { users, count: 8_000, rate: 2_000, window: 500 },
      1.0,
      0.8,
    );
  }
  if (wanted("call"))
    await against(
      "call, closed loop",
      "call",
      { users: 2_000, count: 5_000, settle: 2_000 },
      1.0,
      0.7,
    );
  rows.push(
    row.note(
      `First registrations, each written to Azurite before its 200: ${first.rate.toFixed(0)}/s, ${first.cpu.toFixed(0)} µs of CPU`,
    ),
  );
}

async function atMostOfMaximum({ generator, product, rows }) {
  const options = { users: 2_000, window: 2_000 };
  const fastest = await step("maximum of calls", () =>
    load(generator, "call", product, { ...options, window: 64, count: 20_000 }),
  );
  const rate = Math.floor(fastest.rate * 0.8);
  const title = `failures in 100,000 calls at ${rate}/s, 80 % of the maximum`;
  const result = await step(title, () =>
    load(generator, "call", product, { ...options, count: 100_000, rate }),
  );
  rows.push(row.limit(title, result.fail, 0, undefined, ""));
}

async function perCall({ generator, product, rows }) {
  const calls = 3_000;
  const heap = await product.heapBytes();
  const held = load(generator, "call", product, {
    users: 2 * calls,
    window: calls,
    count: calls,
    rate: 300,
    hold: 60_000,
  });
  await step(`${calls} calls in progress`, () =>
    until("calls in progress", async () => (await product.activeCalls()) >= calls),
  );
  rows.push(
    row.limit(
      "memory per call in progress, KB",
      ((await product.heapBytes()) - heap) / calls / 1024,
      30,
      15,
      "KB",
    ),
  );
  await held;
}

async function perContact({ root, folder, generator, rows }) {
  const contacts = 100_000;
  const storage = await startAzurite(root, join(folder, "azurite-100k"));
  const product = await Product.start({
    root,
    folder: join(folder, "product-100k"),
    storage: storage.connection,
  });
  await step(`adding ${contacts} extensions`, () => product.addUsers(contacts));
  await load(generator, "reg", product, { users: 1, count: 1_000 });
  // Without what making the extensions left in memory: they are on storage.
  const before = await product.heapBytes();
  await step(`registering ${contacts} contacts`, () =>
    load(generator, "reg", product, { users: contacts, count: contacts, timeout: 30_000 }),
  );
  const after = await product.heapBytes();
  rows.push(
    row.limit(
      "memory per registered contact, KB",
      (after - before) / contacts / 1024,
      5,
      3.5,
      "KB",
    ),
  );
}
