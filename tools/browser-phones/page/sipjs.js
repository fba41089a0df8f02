// A SIP.js phone. Its media is a description only: what is looked at here is signalling, also of answered calls.
import { Inviter, Registerer, RegistererState, SessionState, UserAgent } from "sip.js";

class Description {
  constructor(tell) {
    this.tell = tell;
  }

  close() {}

  async getDescription() {
    const body = [
      "v=0",
      "o=- 1 1 IN IP4 127.0.0.1",
      "s=-",
      "c=IN IP4 127.0.0.1",
      "t=0 0",
      "m=audio 40000 RTP/AVP 0",
      "a=rtpmap:0 PCMU/8000",
      "",
    ].join("\r\n");
    return { body, contentType: "application/sdp" };
  }

  hasDescription(contentType) {
    return contentType === "application/sdp";
  }

  async setDescription(sdp) {
    this.tell("described", { sdp });
  }

  async rollbackDescription() {}

  sendDtmf() {
    return false;
  }
}

export class Phone {
  constructor({ server, uri, user, password }, tell) {
    this.tell = tell;
    this.ua = new UserAgent({
      uri: UserAgent.makeURI(uri),
      authorizationUsername: user,
      authorizationPassword: password,
      transportOptions: { server, keepAliveInterval: 5 },
      sessionDescriptionHandlerFactory: () => new Description(tell),
      logBuiltinEnabled: false,
      delegate: {
        onConnect: () => {
          tell("connected");
          this.register();
        },
        onDisconnect: (error) => {
          tell("disconnected", { error: error?.message ?? "" });
          if (error) this.connectAgain();
        },
        onInvite: (invitation) => this.ring(invitation),
      },
    });
    this.registerer = new Registerer(this.ua, { expires: 300 });
    this.registerer.stateChange.addListener((state) => {
      if (state === RegistererState.Unregistered) tell("unregistered");
    });
  }

  start() {
    return this.ua.start();
  }

  register() {
    return this.registerer.register({
      requestDelegate: {
        onAccept: ({ message }) =>
          this.tell("registered", { contacts: message.getHeaders("contact").length, require: message.getHeader("require") ?? "" }),
        onReject: ({ message }) => this.tell("refused", { status: message.statusCode }),
      },
    });
  }

  unregister() {
    return this.registerer.unregister();
  }

  stop() {
    return this.ua.stop();
  }

  async call(target) {
    this.follow(new Inviter(this.ua, UserAgent.makeURI(target)));
    await this.session.invite({
      requestDelegate: { onReject: ({ message }) => this.tell("failed", { status: message.statusCode }) },
    });
  }

  answer() {
    return this.session.accept();
  }

  reject(status) {
    return this.session.reject({ statusCode: status });
  }

  hangUp() {
    return this.session.bye();
  }

  ring(invitation) {
    this.follow(invitation);
    this.tell("ringing", { from: invitation.remoteIdentity.uri.user, sdp: invitation.body ?? "" });
  }

  follow(session) {
    this.session = session;
    session.stateChange.addListener((state) => {
      if (state === SessionState.Established) this.tell("established");
      if (state === SessionState.Terminated) this.tell("ended");
    });
  }

  connectAgain() {
    setTimeout(() => this.ua.reconnect().catch(() => this.connectAgain()), 500);
  }
}
