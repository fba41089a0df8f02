// The peer: Kamailio's registrar and record-routing proxy in memory, one worker, with its fastest allocator (tlsf).
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { peerAddress } from "./addresses.mjs";
import { start, until } from "./processes.mjs";

export async function startKamailio(folder, users, { rtpengine } = {}) {
  mkdirSync(folder, { recursive: true });
  const template = readFileSync(new URL("kamailio.cfg", import.meta.url), "utf8");
  const [config, control, pid] = ["kamailio.cfg", "control", "pid"].map((name) => join(folder, name));
  writeFileSync(config, template.replace("unix:CTL", `unix:${control}`).replace("127.0.0.77", peerAddress).replace("udp:RTPENGINE", `udp:${rtpengine?.control}`));
  const definitions = ["-A", "CHILDREN=1", "-A", `NUSERS_END=${100_000 + users}`];
  if (rtpengine) definitions.push("-A", "WITH_MEDIA=1");
  const memory = ["-x", "tlsf", "-X", "tlsf", "-m", "1024", "-M", "16"];
  const args = ["-DD", "-E", "-f", config, ...definitions, "-P", pid, ...memory, "-Y", folder];
  const child = start("kamailio", args, { log: join(folder, "kamailio.log"), realTime: true });
  await until("Kamailio", () => existsSync(pid) && existsSync(control));
  return { child, name: "Kamailio", target: `${peerAddress}:5060`, pid: child.pid };
}
