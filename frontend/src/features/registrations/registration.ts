import type { Schema } from "@/lib/schema";

export type Registration = Schema<"Registration">;

export const transportNames: Record<Registration["transport"], string> = {
  none: "–",
  udp: "UDP",
  tcp: "TCP",
  tls: "TLS",
  ws: "WebSocket",
  wss: "Secure WebSocket",
};

/** Brackets keep an IPv6 address and its port apart. */
export const endpoint = (address: string, port: number) =>
  address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
