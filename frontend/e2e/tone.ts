import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

const rate = 8_000;
const frameSamples = 160;
const frameMilliseconds = 20;
const headerBytes = 12;

/** Where a phone's audio goes out: a tone in G.711 µ-law, in real time. */
export class Tone {
  private readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
  }

  static async open() {
    const socket = createSocket("udp4");
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    return new Tone(socket);
  }

  get port() {
    return this.socket.address().port;
  }

  /** Talks to where a description has its audio, for so long. */
  async talk(sdp: string, hertz: number, seconds: number) {
    const address = /^c=IN IP4 (\S+)/m.exec(sdp)?.[1] ?? "";
    const port = Number(/^m=audio (\d+)/m.exec(sdp)?.[1]);
    const began = performance.now();
    const frames = (seconds * 1_000) / frameMilliseconds;
    for (let number = 0; number < frames; number++) {
      const early = began + number * frameMilliseconds - performance.now();
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
      this.socket.send(this.packet(number, hertz), port, address);
    }
  }

  close() {
    this.socket.close();
  }

  /** RFC 3550 §5.1 */
  private packet(number: number, hertz: number) {
    const packet = Buffer.alloc(headerBytes + frameSamples);
    packet[0] = 0x80;
    packet.writeUInt16BE(number, 2);
    packet.writeUInt32BE(number * frameSamples, 4);
    packet.writeUInt32BE(this.port, 8);
    for (let i = 0; i < frameSamples; i++) {
      const at = number * frameSamples + i;
      packet[headerBytes + i] = toMulaw(12_000 * Math.sin((2 * Math.PI * hertz * at) / rate));
    }
    return packet;
  }
}

/** ITU-T G.711, table 2a. */
function toMulaw(sample: number) {
  const magnitude = Math.min(Math.abs(Math.round(sample)), 32_635) + 0x84;
  const segment = Math.floor(Math.log2(magnitude)) - 7;
  const code = (segment << 4) | ((magnitude >> (segment + 3)) & 15);
  return ~(code | (sample < 0 ? 0x80 : 0)) & 0xff;
}
