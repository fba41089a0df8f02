import { createHash, randomBytes } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { Tone } from "./tone";

export interface Account {
  domain: string;
  number: string;
  password: string;
}

const patience = 20_000;
/** RFC 3261 §17.1.1.1 */
const t1 = 500;
const sdp = (port: number) =>
  `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${port} RTP/AVP 0\r\n`;

/** A phone over UDP that registers, calls, rings, talks and hangs up: as much of SIP as a call takes that the console shows. */
export class Phone {
  private readonly tag = token();
  private readonly waiting: {
    isIt: (message: string) => boolean;
    take: (message: string) => void;
  }[] = [];
  private readonly socket: Socket;
  private readonly tone: Tone;
  private readonly account: Account;
  private readonly server: number;
  private cseq = 0;
  private rung = "";

  private constructor(socket: Socket, tone: Tone, server: number, account: Account) {
    this.socket = socket;
    this.tone = tone;
    this.server = server;
    this.account = account;
    socket.on("message", (bytes) => this.receive(bytes.toString()));
  }

  static async open(server: number, account: Account) {
    const socket = createSocket("udp4");
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    return new Phone(socket, await Tone.open(), server, account);
  }

  async register() {
    await this.ask("REGISTER", `sip:${this.account.domain}`, this.account.number, token(), 200);
  }

  /** Calls a number until its phone rings; what it gives awaits the end of the call. */
  async call(number: string) {
    const callId = token();
    const uri = `sip:${number}@${this.account.domain}`;
    await this.ask("INVITE", uri, number, callId, 180);
    return this.next((message) => isFinal(message) && header(message, "Call-ID") === callId);
  }

  /** Declines the call that it rings for. */
  busy() {
    this.answer(this.rung, "486 Busy Here");
  }

  /** Answers the call that it rings for, or will; what it gives is the caller's message. */
  async accept() {
    if (!this.rung) await this.next((message) => message.startsWith("INVITE "));
    this.answer(this.rung, "200 OK", sdp(this.tone.port));
    return this.rung;
  }

  /** Lets whom a message came from hear a tone. */
  talk(message: string, hertz: number, seconds: number) {
    return this.tone.talk(message, hertz, seconds);
  }

  /** Ends the call that was answered so. */
  async hangUp(answer: string) {
    const [to, callId] = [header(answer, "To"), header(answer, "Call-ID")];
    await this.exchange("BYE", contactOf(answer), to, callId, "", [200]);
  }

  close() {
    this.socket.close();
    this.tone.close();
  }

  /** Asks, with credentials once it is challenged, until there is an answer of that status. */
  private async ask(method: string, uri: string, number: string, callId: string, status: number) {
    const to = `<sip:${number}@${this.account.domain}>`;
    const challenged = await this.exchange(method, uri, to, callId, "", [401, 407]);
    const isRegister = method === "REGISTER";
    const challenge = header(challenged, isRegister ? "WWW-Authenticate" : "Proxy-Authenticate");
    const name = isRegister ? "Authorization" : "Proxy-Authorization";
    const credentials = `${name}: ${digest(challenge, method, uri, this.account)}\r\n`;
    await this.exchange(method, uri, to, callId, credentials, [status]);
  }

  private exchange(
    method: string,
    uri: string,
    to: string,
    callId: string,
    credentials: string,
    statuses: number[],
  ) {
    const cseq = `${++this.cseq} ${method}`;
    const branch = `z9hG4bK${token()}`;
    const message = this.request(method, uri, to, callId, cseq, branch, credentials);
    const repeat = setInterval(() => this.send(message), t1);
    const answer = this.next(
      (text) => header(text, "CSeq") === cseq && statuses.includes(Number(text.slice(8, 11))),
    ).finally(() => clearInterval(repeat));
    this.send(message);
    return answer;
  }

  private request(
    method: string,
    uri: string,
    to: string,
    callId: string,
    cseq: string,
    branch: string,
    credentials: string,
  ) {
    const { port } = this.socket.address();
    const { number, domain } = this.account;
    const body = method === "INVITE" ? sdp(this.tone.port) : "";
    const type = body ? "Content-Type: application/sdp\r\n" : "";
    return (
      `${method} ${uri} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:${port};branch=${branch};rport\r\nMax-Forwards: 70\r\n` +
      `From: <sip:${number}@${domain}>;tag=${this.tag}\r\nTo: ${to}\r\nCall-ID: ${callId}\r\nCSeq: ${cseq}\r\n` +
      `Contact: <sip:${number}@127.0.0.1:${port}>\r\n${credentials}${type}Content-Length: ${body.length}\r\n\r\n${body}`
    );
  }

  private receive(message: string) {
    if (message.startsWith("INVITE ")) {
      this.rung = message;
      this.answer(message, "180 Ringing");
    }
    if (message.startsWith("BYE ")) {
      this.answer(message, "200 OK");
      return;
    }
    if (isFinal(message) && header(message, "CSeq").endsWith("INVITE")) this.acknowledge(message);
    const index = this.waiting.findIndex(({ isIt }) => isIt(message));
    if (index >= 0) this.waiting.splice(index, 1)[0]?.take(message);
  }

  private answer(request: string, status: string, body = "") {
    const copied = ["Via", "From", "Call-ID", "CSeq"].map(
      (name) => `${name}: ${header(request, name)}\r\n`,
    );
    const asked = header(request, "To");
    const to = `To: ${asked.includes(";tag=") ? asked : `${asked};tag=${this.tag}`}\r\n`;
    const contact = `Contact: <sip:${this.account.number}@127.0.0.1:${this.socket.address().port}>\r\n`;
    const type = body ? "Content-Type: application/sdp\r\n" : "";
    const length = `Content-Length: ${body.length}\r\n\r\n`;
    this.send(`SIP/2.0 ${status}\r\n${copied.join("")}${to}${contact}${type}${length}${body}`);
  }

  /** RFC 3261 §17.1.1.3: the ACK of a refusal has the branch of its INVITE. §13.2.2.4: that of an answer goes to its Contact, with a branch of its own. */
  private acknowledge(answer: string) {
    const isRefusal = !answer.startsWith("SIP/2.0 2");
    const [to, callId] = [header(answer, "To"), header(answer, "Call-ID")];
    const uri = isRefusal ? (/<([^>]+)>/.exec(to)?.[1] ?? "") : contactOf(answer);
    const branch = /branch=([^;\s]+)/.exec(header(answer, "Via"))?.[1] ?? "";
    const cseq = header(answer, "CSeq").replace("INVITE", "ACK");
    this.send(
      this.request("ACK", uri, to, callId, cseq, isRefusal ? branch : `z9hG4bK${token()}`, ""),
    );
  }

  private next(isIt: (message: string) => boolean) {
    return new Promise<string>((take, fail) => {
      const timer = setTimeout(
        () => fail(new Error("The product did not answer a phone.")),
        patience,
      );
      this.waiting.push({
        isIt,
        take: (message) => {
          clearTimeout(timer);
          take(message);
        },
      });
    });
  }

  private send(message: string) {
    this.socket.send(message, this.server, "127.0.0.1");
  }
}

const token = () => randomBytes(8).toString("hex");
const isFinal = (message: string) => /^SIP\/2\.0 [2-6]/.test(message);
const contactOf = (message: string) => /<([^>]+)>/.exec(header(message, "Contact"))?.[1] ?? "";
const md5 = (text: string) => createHash("md5").update(text).digest("hex");

function header(message: string, name: string) {
  const values = [...message.matchAll(new RegExp(`^${name}: *(.*)$`, "gim"))].map(([, value]) =>
    value?.trim(),
  );
  return values.join(`\r\n${name}: `);
}

/** RFC 7616 §3.4, of the challenge that names MD5. */
function digest(challenges: string, method: string, uri: string, { number, password }: Account) {
  const challenge = challenges.split("\r\n").find((each) => each.includes("MD5")) ?? challenges;
  const parameter = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? "";
  const [realm, nonce, cnonce] = [parameter("realm"), parameter("nonce"), token()];
  const secret = md5(`${number}:${realm}:${password}`);
  const response = md5(`${secret}:${nonce}:00000001:${cnonce}:auth:${md5(`${method}:${uri}`)}`);
  return `Digest username="${number}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="${cnonce}"`;
}
