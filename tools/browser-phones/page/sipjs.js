// A SIP.js phone.
import { Inviter, Registerer, RegistererState, SessionState, UserAgent } from "sip.js";

const media = { constraints: { audio: true, video: false } };

export class Phone {
  constructor({ server, uri, user, password }, tell) {
    this.tell = tell;
    this.ua = new UserAgent({
      uri: UserAgent.makeURI(uri),
      authorizationUsername: user,
      authorizationPassword: password,
      transportOptions: { server, keepAliveInterval: 5 },
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
      sessionDescriptionHandlerOptions: media,
      requestDelegate: { onReject: ({ message }) => this.tell("failed", { status: message.statusCode }) },
    });
  }

  answer() {
    return this.session.accept({ sessionDescriptionHandlerOptions: media });
  }

  reject(status) {
    return this.session.reject({ statusCode: status });
  }

  hangUp() {
    return this.session.bye();
  }

  hold() {
    return this.change({ hold: true });
  }

  resume() {
    return this.change({ hold: false });
  }

  restartIce() {
    return this.change({ offerOptions: { iceRestart: true } });
  }

  change(options) {
    return this.session.invite({
      sessionDescriptionHandlerOptions: { ...media, ...options },
      requestDelegate: { onAccept: () => this.tell("changed") },
    });
  }

  transfer(target) {
    return this.refer(this.session, UserAgent.makeURI(target));
  }

  /** Has the parties of both its calls speak with each other (RFC 5589 §7). */
  connect() {
    return this.refer(this.former, this.session);
  }

  refer(session, target) {
    return session.refer(target, {
      requestDelegate: { onReject: ({ message }) => this.tell("notTransferred", { text: message.body }) },
      onNotify: (news) => {
        news.accept();
        if (news.request.body.startsWith("SIP/2.0 200")) this.tell("transferred");
      },
    });
  }

  ring(invitation) {
    this.follow(invitation);
    this.tell("ringing", { from: invitation.remoteIdentity.uri.user, sdp: invitation.body ?? "" });
  }

  follow(session) {
    this.former = this.session;
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
