using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Scripts;

/// <summary>A phone of a script, or a carrier: sends what it is told, and must get exactly what the script says.</summary>
internal sealed class Phone(SipScript script, PhoneFlow flow, string user, string password, string domain)
{
    private int _ids;
    private uint _registerCSeq;

    public SipScript Script => script;

    public PhoneFlow Flow { get; } = flow;

    public string User => user;

    public string Domain => domain;

    public string Address => Flow.Remote.Address.ToString();

    /// <summary>RFC 7118 §5: who opens a WebSocket has no address to be reached at, and says so.</summary>
    public bool IsBrowser => Flow.Protocol is SipTransportProtocol.Ws or SipTransportProtocol.Wss;

    public string Contact => IsBrowser ? $"<sip:{user}@df7jal23ls0d.invalid;transport=ws>" : $"<sip:{user}@{Flow.Remote}>";

    /// <summary>How it answers challenges; knows the last nonce.</summary>
    public PhoneDigest Digest { get; } = new(user, password);

    /// <summary>The Call-ID of its REGISTERs, one for as long as it lives (RFC 3261 §10.2).</summary>
    public string RegistrationCallId => $"registration-{Flow.Id}";

    public string NewId(string kind) => $"{kind}{user}-{Flow.Id}-{++_ids}";

    /// <summary>What its Via says where it can be reached; its flow's far end by default.</summary>
    public string? SentBy { get; set; }

    /// <summary>The top Via of a new request.</summary>
    public string Via(string branch) =>
        $"Via: SIP/2.0/{Flow.Protocol.ToString().ToUpperInvariant()} {SentBy ?? (IsBrowser ? "df7jal23ls0d.invalid" : $"{Flow.Remote}")}"
        + $"{(IsBrowser ? "" : ";rport")};branch={branch}";

    public string NewBranch() => NewId("z9hG4bK");

    public void Sends(string text) => script.Receive(Flow, text);

    /// <summary>The next message, which must be a response of this status; 100s are passed over unless one is asked for.</summary>
    public SipMessage Gets(int status) => Take(m => !m.IsRequest && m.StatusCode == status, $"{status}", skipTrying: status != 100);

    /// <summary>The next message, which must be a request of this method.</summary>
    public SipMessage Gets(string method) => Take(m => IsRequest(m, method), method, skipTrying: true);

    /// <summary>Nothing but 100s came.</summary>
    public void GetsNothing()
    {
        Flow.Inbox.RemoveAll(IsTrying);
        Assert.True(Flow.Inbox.Count == 0, $"{user} got {Describe(Flow.Inbox)} instead of nothing.");
    }

    /// <summary>The next INVITE, as a call that it can answer.</summary>
    public PhoneCall GetsCall() => PhoneCall.Incoming(this, Gets("INVITE"));

    /// <summary>Forgets what came.</summary>
    public void Ignores() => Flow.Inbox.Clear();

    /// <summary>Sends an INVITE with credentials, as a phone does that was challenged before.</summary>
    public PhoneCall Invites(string number, string? sdp = "", params string[] headers)
    {
        var call = PhoneCall.Outgoing(this, $"sip:{number}@{domain}");
        call.SendsInvite(sdp == "" ? Sdp.Of(Address) : sdp, headers);
        return call;
    }

    /// <summary>The same with a Call-ID of its choice.</summary>
    public PhoneCall InvitesBy(string callId, string number, params string[] headers)
    {
        var call = PhoneCall.Outgoing(this, $"sip:{number}@{domain}", callId: callId);
        call.SendsInvite(Sdp.Of(Address), headers);
        return call;
    }

    /// <summary>The same with a From of its choice.</summary>
    public PhoneCall InvitesAs(string from, string number, params string[] headers)
    {
        var call = PhoneCall.Outgoing(this, $"sip:{number}@{domain}", from);
        call.SendsInvite(Sdp.Of(Address), headers);
        return call;
    }

    /// <summary>The same to a SIPS URI.</summary>
    public PhoneCall InvitesSecurely(string number)
    {
        var call = PhoneCall.Outgoing(this, $"sips:{number}@{domain}");
        call.SendsInvite(Sdp.Of(Address));
        return call;
    }

    /// <summary>A REGISTER with credentials when it was challenged before; the answer is left to be got.</summary>
    public void SendsRegister(string? contact = null, uint? expires = 3600, string to = "", params string[] headers)
    {
        var aor = $"sip:{user}@{domain}";
        string[] lines =
        [
            Via(NewBranch()), "Max-Forwards: 70", $"From: <{aor}>;tag={NewId("f")}", $"To: <{(to.Length > 0 ? to : aor)}>",
            $"Call-ID: {RegistrationCallId}", $"CSeq: {++_registerCSeq} REGISTER", contact is "" ? "" : $"Contact: {contact ?? Contact}",
            expires is { } seconds ? $"Expires: {seconds}" : "", Digest.Answer("Authorization", "REGISTER", $"sip:{domain}"), .. headers,
        ];
        Sends(SipText.Write($"REGISTER sip:{domain} SIP/2.0", lines, null));
    }

    /// <summary>A REGISTER of its registration that was under way for long: its number is lower than that of later ones.</summary>
    public void RepeatsRegister(uint cseq)
    {
        var aor = $"sip:{user}@{domain}";
        string[] lines =
        [
            Via(NewBranch()), "Max-Forwards: 70", $"From: <{aor}>;tag={NewId("f")}", $"To: <{aor}>", $"Call-ID: {RegistrationCallId}",
            $"CSeq: {cseq} REGISTER", $"Contact: {Contact};expires=0", Digest.Answer("Authorization", "REGISTER", $"sip:{domain}"),
        ];
        Sends(SipText.Write($"REGISTER sip:{domain} SIP/2.0", lines, null));
    }

    /// <summary>The text of a REGISTER with credentials, for sending it more than once.</summary>
    public string TextOfRegister(string branch, string toTag = "") => SipText.Write(
        $"REGISTER sip:{domain} SIP/2.0",
        [
            Via(branch), "Max-Forwards: 70", $"From: <sip:{user}@{domain}>;tag=f", $"To: <sip:{user}@{domain}>{toTag}", "Call-ID: same",
            "CSeq: 9 REGISTER", $"Contact: {Contact}", Digest.Answer("Authorization", "REGISTER", $"sip:{domain}"),
        ],
        null);

    /// <summary>Registers through a challenge; the 200 is looked at.</summary>
    public Phone Registers(string? contact = null, uint? expires = 3600, params string[] headers)
    {
        if (!Digest.WasChallenged)
        {
            SendsRegister(contact, expires, "", headers);
            Digest.Learn(Gets(401));
        }

        SendsRegister(contact, expires, "", headers);
        Gets(200);
        return this;
    }

    /// <summary>Learns a nonce, so that what follows carries credentials at once.</summary>
    public Phone IsChallenged()
    {
        SendsRegister("", null);
        Digest.Learn(Gets(401));
        return this;
    }

    /// <summary>The next message of a call, by its Call-ID.</summary>
    public SipMessage Take(Func<SipMessage, bool> isExpected, string expected, bool skipTrying, string? callId = null)
    {
        bool Concerns(SipMessage m) => callId is null || SipText.CallId(m) == callId;
        if (skipTrying)
            Flow.Inbox.RemoveAll(m => Concerns(m) && IsTrying(m));
        var next = Flow.Inbox.Find(Concerns);
        Assert.True(next is not null && isExpected(next), $"{user} expected {expected}, got {Describe(Flow.Inbox.Where(Concerns))}.");
        Flow.Inbox.Remove(next);
        return next;
    }

    public static bool IsRequest(SipMessage message, string method) =>
        message.IsRequest && SipText.FirstLine(message).StartsWith($"{method} ", StringComparison.Ordinal);

    private static bool IsTrying(SipMessage message) => !message.IsRequest && message.StatusCode == 100;

    private static string Describe(IEnumerable<SipMessage> messages) =>
        string.Join(", ", messages.Select(SipText.FirstLine)) is { Length: > 0 } text ? text : "nothing";
}
