import type { Schema } from "@/lib/schema";

type Listener = Schema<"SipListener">;

const names: Record<Listener["transport"], string> = {
  none: "?",
  udp: "UDP",
  tcp: "TCP",
  tls: "TLS",
  ws: "WebSocket",
  wss: "Secure WebSocket",
};

export const serversOf = (listeners: readonly Pick<Listener, "address">[]) => [
  ...new Set(listeners.map(({ address }) => address)),
];

/** `UDP and TCP 5060, TLS 5061`. */
export function portsOf(listeners: readonly Pick<Listener, "transport" | "port">[]): string {
  const transports = new Map<number, Set<string>>();
  for (const { transport, port } of listeners) {
    const known = transports.get(port) ?? new Set();
    transports.set(port, known.add(names[transport]));
  }
  return [...transports].map(([port, known]) => `${[...known].join(" and ")} ${port}`).join(", ");
}
