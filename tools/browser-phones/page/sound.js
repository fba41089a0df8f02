// A page's microphone is a tone, and what its calls bring is judged by its tone: by the share of it in windows of 200 ms, which hold whole periods
// of every multiple of 5 Hz.
{
  const leastPower = 0.03 ** 2;
  const leastShare = 0.9;
  let ears;
  let context;
  let samples;

  const audio = () => (context ??= new AudioContext());

  const powerOf = (samples) => samples.reduce((power, sample) => power + sample * sample, 0);

  /** Goertzel: the tone's share of the window's power is 1 for a pure sine. */
  const shareOf = (samples, hertz, rate, power) => {
    const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / rate);
    let [s1, s2] = [0, 0];
    for (const sample of samples) [s1, s2] = [sample + coefficient * s1 - s2, s1];
    return (2 * (s1 * s1 + s2 * s2 - coefficient * s1 * s2)) / (samples.length * power);
  };

  const isTone = (samples, hertz, rate) => {
    const power = powerOf(samples);
    return power / samples.length >= leastPower && shareOf(samples, hertz, rate, power) >= leastShare;
  };

  // A browser makes sound of the events of a keypad (RFC 4733): two tones each (ITU-T Q.23).
  const keypad = ["123A", "456B", "789C", "*0#D"];
  const [rows, columns] = [[697, 770, 852, 941], [1209, 1336, 1477, 1633]];
  const leastOfEach = 0.2;

  /** The key whose two tones are all there is in the window. */
  const keyOf = (samples, rate) => {
    const power = powerOf(samples);
    if (power / samples.length < leastPower) return undefined;
    const best = (tones) =>
      tones.map((hertz, at) => ({ at, share: shareOf(samples, hertz, rate, power) })).reduce((a, b) => (b.share > a.share ? b : a));
    const [row, column] = [best(rows), best(columns)];
    const isKey = Math.min(row.share, column.share) >= leastOfEach && row.share + column.share >= leastShare;
    return isKey ? keypad[row.at][column.at] : undefined;
  };

  let pressed;
  let press;

  /** Tells "key" once for each key that is heard, in windows of 40 ms. */
  const hearKeys = (heard) => {
    press ??= { filled: 0, window: new Float32Array(Math.round(context.sampleRate / 25)) };
    for (const sample of heard) {
      press.window[press.filled++] = sample;
      if (press.filled < press.window.length) continue;
      press.filled = 0;
      const key = keyOf(press.window, context.sampleRate);
      if (key && key !== pressed) window.tell("key", { key });
      pressed = key;
    }
  };

  const hear = (heard) => {
    hearKeys(heard);
    if (!ears) return;
    for (const sample of heard) {
      ears.window[ears.filled++] = sample;
      if (ears.filled < ears.window.length) continue;
      ears.filled = 0;
      if (isTone(ears.window, ears.hertz, context.sampleRate)) ears.left -= 0.2;
    }
    if (ears.left > 0) return;
    window.tell("heard", { hertz: ears.hertz });
    ears = undefined;
  };

  /** Tells "heard" once that tone was heard for so many seconds in all. */
  window.listenFor = ({ hertz, seconds }) => {
    ears = { hertz, left: seconds, filled: 0, window: new Float32Array(audio().sampleRate / 5) };
  };

  /** Tells "described": by which credentials of ICE the other side is asked, and how the connection's media is protected, the addresses of its path,
   * how many of its checks of that were answered, and the round trip in seconds that the other side's reports (RTCP) have told. */
  window.describe = async () => {
    const { connection } = window;
    const [, fragment] = /a=ice-ufrag:(\S+)/.exec(connection.currentRemoteDescription.sdp);
    const stats = [...(await connection.getStats()).values()];
    const transport = stats.find(({ type }) => type === "transport");
    const reported = stats.find(({ type }) => type === "remote-inbound-rtp");
    const pair = stats.find(({ id }) => id === transport.selectedCandidatePairId);
    const addressOf = (candidate) => {
      const { address, port } = stats.find(({ id }) => id === candidate) ?? {};
      return address ? `${address}:${port}` : null;
    };
    window.tell("described", {
      fragment,
      state: connection.connectionState,
      cipher: transport.srtpCipher,
      role: transport.dtlsRole,
      roundTrip: reported?.roundTripTime ?? null,
      local: addressOf(pair?.localCandidateId),
      remote: addressOf(pair?.remoteCandidateId),
      answeredChecks: pair?.responsesReceived ?? 0,
    });
  };

  /** Presses keys of the keypad, as a page does it whatever its library (RTCDTMFSender). */
  window.press = (keys) => {
    const sender = window.connection.getSenders().find(({ track }) => track?.kind === "audio");
    // Long enough for a machine that lets the page wait.
    sender.dtmf.insertDTMF(keys, 500, 100);
  };

  window.setTone = (hertz) => {
    navigator.mediaDevices.getUserMedia = async () => {
      const oscillator = new OscillatorNode(audio(), { frequency: hertz });
      const volume = new GainNode(audio(), { gain: 0.4 });
      const microphone = audio().createMediaStreamDestination();
      oscillator.connect(volume).connect(microphone);
      oscillator.start();
      return microphone.stream;
    };
  };

  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...args) {
      super(...args);
      window.connection = this;
      this.addEventListener("connectionstatechange", () => window.tell(`media ${this.connectionState}`, {}));
      this.addEventListener("track", ({ streams }) => {
        const stream = streams[0];
        // Chromium plays a party's sound to nobody unless an element has it.
        const element = new Audio();
        element.muted = true;
        element.srcObject = stream;
        // A call's end is no event of its tracks.
        samples?.disconnect();
        samples = audio().createScriptProcessor(4096, 1, 1);
        samples.addEventListener("audioprocess", ({ inputBuffer }) => hear(inputBuffer.getChannelData(0)));
        audio().createMediaStreamSource(stream).connect(samples).connect(audio().destination);
      });
    }
  };
}
