import { expect, it } from "vitest";
import { portsOf, serversOf } from "./connect";

const listeners = [
  { transport: "udp", address: "192.0.2.7", port: 5060 },
  { transport: "tcp", address: "192.0.2.7", port: 5060 },
  { transport: "tls", address: "192.0.2.7", port: 5061 },
] as const;

it("Transports of one port are named together", () =>
  expect(portsOf(listeners)).toBe("UDP and TCP 5060, TLS 5061"));

it("A server that listens on several ports is named once", () =>
  expect(serversOf(listeners)).toEqual(["192.0.2.7"]));
