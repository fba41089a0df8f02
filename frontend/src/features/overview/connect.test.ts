import { expect, it } from "vitest";
import { portsOf, serversOf } from "./connect";

const sipListeners = [
  { transport: "udp", address: "0.0.0.0", port: 5060 },
  { transport: "tcp", address: "0.0.0.0", port: 5060 },
  { transport: "tls", address: "192.0.2.7", port: 5061 },
] as const;

it("Transports of one port are named together", () =>
  expect(portsOf({ sipListeners: [...sipListeners] })).toBe("UDP and TCP 5060, TLS 5061"));

it("A server that listens everywhere is reached where the console was", () =>
  expect(serversOf({ sipListeners: [...sipListeners] }, "pbx.example")).toEqual([
    "pbx.example",
    "192.0.2.7",
  ]));
