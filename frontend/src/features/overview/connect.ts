import type { Schema } from "@/lib/schema";

type System = Schema<"System">;
type Listener = Schema<"SipListener">;

const names: Record<Listener["transport"], string> = {
  none: "?",
  udp: "UDP",
  tcp: "TCP",
  tls: "TLS",
  ws: "WebSocket",
  wss: "Secure WebSocket",
};

const isEverywhere = (address: string) =>
  address === "0.0.0.0" || address === "::" || address === "";

/** Where a phone reaches us: a listener on every address is reached where this page was. */
export function serversOf({ sipListeners }: Pick<System, "sipListeners">, host: string) {
  const addresses = sipListeners.map(({ address }) => (isEverywhere(address) ? host : address));
  return [...new Set(addresses)];
}

/** `UDP and TCP 5060, TLS 5061`. */
export function portsOf({ sipListeners }: Pick<System, "sipListeners">): string {
  const transports = new Map<number, Set<string>>();
  for (const { transport, port } of sipListeners) {
    const known = transports.get(port) ?? new Set();
    transports.set(port, known.add(names[transport]));
  }
  return [...transports].map(([port, known]) => `${[...known].join(" and ")} ${port}`).join(", ");
}
