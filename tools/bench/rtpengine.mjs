// The peer of the media: rtpengine, relaying in user space, for the calls of a Kamailio.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { relayAddress } from "./addresses.mjs";
import { startKamailio } from "./kamailio.mjs";
import { start, until } from "./processes.mjs";

const controlPort = 2223;
const control = `${relayAddress}:${controlPort}`;

/** Both of them; what is measured is rtpengine alone. */
export async function startRtpengine(folder, users) {
  mkdirSync(folder, { recursive: true });
  const config = join(folder, "rtpengine.conf");
  const lines = [
    "[rtpengine]",
    `interface = ${relayAddress}`,
    `listen-ng = ${control}`,
    "timeout = 120",
    "silent-timeout = 600",
    "port-min = 20000",
    "port-max = 40000",
    "log-level = 4",
    "log-stderr = true",
    // No module in the kernel.
    "table = -1",
  ];
  writeFileSync(config, `${lines.join("\n")}\n`);
  const child = start("rtpengine", ["-f", `--config-file=${config}`], { log: join(folder, "rtpengine.log"), realTime: true });
  // Kamailio asks it only now and then whether it is there.
  await until("rtpengine", isListening);
  const kamailio = await startKamailio(join(folder, "kamailio"), users, { rtpengine: { control } });
  return { child, name: "rtpengine", target: kamailio.target, pid: child.pid };
}

/** Whether its control port is open: the kernel lists addresses in hexadecimal, the last byte first. */
function isListening() {
  const hex = (number, digits) => number.toString(16).toUpperCase().padStart(digits, "0");
  const address = relayAddress.split(".").reverse().map((byte) => hex(Number(byte), 2)).join("");
  return readFileSync("/proc/net/udp", "utf8").includes(`${address}:${hex(controlPort, 4)}`);
}
