// A JsSIP phone. It connects again and registers again by itself.
import JsSIP from "jssip";

const media = { mediaConstraints: { audio: true, video: false } };

export class Phone {
  constructor({ server, uri, password }, tell) {
    this.tell = tell;
    this.ua = new JsSIP.UA({
      sockets: [new JsSIP.WebSocketInterface(server)],
      uri,
      password,
      register_expires: 300,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 2,
    });
    this.ua.on("connected", () => tell("connected"));
    this.ua.on("disconnected", ({ code }) => tell("disconnected", { code }));
    this.ua.on("registered", ({ response }) =>
      tell("registered", { contacts: response.getHeaders("contact").length, require: response.getHeader("require") ?? "" }),
    );
    this.ua.on("unregistered", () => tell("unregistered"));
    this.ua.on("registrationFailed", ({ cause, response }) => tell("refused", { cause, status: response?.status_code ?? 0 }));
    this.ua.on("newRTCSession", ({ session, originator, request }) => this.follow(session, originator, request));
  }

  start() {
    this.ua.start();
  }

  register() {
    this.ua.register();
  }

  unregister() {
    this.ua.unregister();
  }

  stop() {
    this.ua.stop();
  }

  call(target) {
    this.ua.call(target, media);
  }

  answer() {
    this.session.answer(media);
  }

  reject(status) {
    this.session.terminate({ status_code: status });
  }

  hangUp() {
    this.session.terminate();
  }

  hold() {
    this.session.hold({}, () => this.tell("changed"));
  }

  resume() {
    this.session.unhold({}, () => this.tell("changed"));
  }

  restartIce() {
    this.session.renegotiate({ rtcOfferConstraints: { iceRestart: true } }, () => this.tell("changed"));
  }

  transfer(target) {
    this.refer(this.session, target);
  }

  /** Has the parties of both its calls speak with each other (RFC 5589 §7). */
  connect() {
    this.refer(this.former, this.session.remote_identity.uri.toString(), { replaces: this.session });
  }

  refer(session, target, options) {
    const refused = ({ request, message }) => this.tell("notTransferred", { text: (request ?? message)?.body ?? "" });
    session.refer(target, { ...options, eventHandlers: { accepted: () => this.tell("transferred"), failed: refused, requestFailed: refused } });
  }

  follow(session, originator, request) {
    this.former = this.session;
    this.session = session;
    session.on("failed", ({ cause, message }) => this.tell("failed", { cause, status: message?.status_code ?? 0 }));
    session.on("confirmed", () => this.tell("established"));
    session.on("ended", () => this.tell("ended"));
    if (originator === "remote") this.tell("ringing", { from: session.remote_identity.uri.user, sdp: request.body });
  }
}
