using System.Globalization;
using System.Text.RegularExpressions;

namespace TekSipCloud.Conformance.Tests.Torture;

/// <summary>Sends one torture message over one transport, follows it to its outcome, and sees that the server goes on.</summary>
internal sealed partial class TortureRun(TortureRig rig, TortureCase @case, string transport)
{
    private static int _runs;
    private readonly int _run = Interlocked.Increment(ref _runs);
    private readonly WireMessage _sent = new(@case.Text);

    /// <summary>Came before what was awaited: two requests of one stream are answered by their own loops, in either order.</summary>
    private readonly List<WireMessage> _others = [];

    private Outcome Expected => @case.On(transport);

    public async Task Run()
    {
        using var peer = await Open();
        await Follow(peer);
        if (Expected.Closes)
        {
            Assert.Null(await peer.Receive());
            using var another = await Open();
            await AssertServes(another);
        }
        else if (Expected.Kind != OutcomeKind.Dropped)
        {
            await AssertServes(peer);
        }

        rig.Note(@case, transport);
    }

    /// <summary>INVITEs come from the carrier's address; what is challenged comes from a phone's.</summary>
    private Task<TorturePeer> Open() =>
        TorturePeer.Open(transport, Expected.Kind == OutcomeKind.Challenged ? rig.Stranger : rig.Carrier, rig.Server);

    private async Task Follow(TorturePeer peer)
    {
        var calls = rig.Phone.Calls.Count;
        await peer.Send(@case.Text);
        switch (Expected.Kind)
        {
            case OutcomeKind.Answered or OutcomeKind.Called:
                await AwaitFinal(peer, _sent, Expected.Status);
                Assert.Equal(calls + (Expected.Kind == OutcomeKind.Called ? 1 : 0), rig.Phone.Calls.Count);
                break;
            case OutcomeKind.Challenged:
                await Authenticate(peer, await AwaitFinal(peer, _sent, 401, isLast: false));
                break;
            case OutcomeKind.Dropped:
                // One Call-ID is one loop: an answer to the message would have come before that to what followed it.
                await AssertServes(peer);
                break;
        }
    }

    private async Task Authenticate(TorturePeer peer, WireMessage challenge)
    {
        if (Expected.Next > 0)
            await AssertNext(peer);

        var credentials = TortureRig.Credentials(challenge, _sent.Method, _sent.Uri, @case.Username);
        var text = WithCredentials(transport == "UDP" ? @case.Text : FirstOf(@case.Text), credentials);
        await peer.Send(text);
        var answer = await AwaitFinal(peer, new WireMessage(text), Expected.Status);
        if (answer.Status == 200)
            await Unregister(peer, answer);
    }

    /// <summary>Another request: a new branch, the next number, and who asks.</summary>
    private string WithCredentials(string text, string credentials)
    {
        var next = CSeqPattern().Replace(text, match => $"{match.Groups["name"].Value}{long.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) + _run}", 1);
        next = next.Replace("branch=z9hG4bK", $"branch=z9hG4bK{_run}.", StringComparison.Ordinal);
        var line = next.IndexOf("\r\n", StringComparison.Ordinal) + 2;
        return $"{next[..line]}{credentials}\r\n{next[line..]}";
    }

    /// <summary>What the message registered is taken back, so that the next message finds what this one found.</summary>
    private async Task Unregister(TorturePeer peer, WireMessage answer)
    {
        var contacts = answer.Lines("Contact").Where(contact => !contact.Contains(rig.Phone.Address, StringComparison.Ordinal))
            .Select(contact => $"Contact: {contact.Split('>')[0]}>;expires=0");
        var challenge = await Ask(peer, "REGISTER", $"sip:example.com", 1, contacts);
        Assert.Equal(401, challenge.Status);
        var credentials = TortureRig.Credentials(challenge, "REGISTER", "sip:example.com", @case.Username);
        Assert.Equal(200, (await Ask(peer, "REGISTER", "sip:example.com", 2, [.. contacts, credentials])).Status);
    }

    /// <summary>The final response to a request, which is as RFC 3261 §8.2.6 wants it; an INVITE's is acknowledged.</summary>
    private async Task<WireMessage> AwaitFinal(TorturePeer peer, WireMessage request, int status, bool isLast = true)
    {
        var answer = await Await(peer, request);
        if (request.Method == "INVITE" && answer.Header("CSeq").Length > 0 && answer.Header("Call-ID").Length > 0)
            await peer.Send(Acknowledge(request, answer));

        Assert.True(answer.Status == status, $"{@case} over {transport}: expected {status}, got\n{answer.Text}");
        ResponseChecks.AssertAnswers(request, answer, ((System.Net.IPEndPoint)peer.Local).Address.ToString());
        if (isLast && @case.Shows is { } shows)
            Assert.Contains(answer.Lines(shows.Name), value => value.Contains(shows.Part, StringComparison.Ordinal));

        return answer;
    }

    private async Task<WireMessage> Await(TorturePeer peer, WireMessage request)
    {
        bool IsFinal(WireMessage message) =>
            message.Status >= 200 && message.Header("Call-ID") == request.Header("Call-ID") && message.Header("CSeq") == request.Header("CSeq");

        if (_others.Find(IsFinal) is { } early)
            return early;

        while (true)
        {
            var message = await peer.Receive();
            Assert.NotNull(message);
            if (IsFinal(message))
                return message;

            Assert.True(message.Status is >= 100 and < 200 || message.Header("CSeq") != request.Header("CSeq"), $"Not asked for:\n{message.Text}");
            _others.Add(message);
        }
    }

    private async Task AssertNext(TorturePeer peer)
    {
        var next = new WireMessage(@case.Text[FirstOf(@case.Text).Length..].TrimStart());
        var answer = await Await(peer, next);
        Assert.Equal(Expected.Next, answer.Status);
        await peer.Send(Acknowledge(next, answer));
    }

    private async Task AssertServes(TorturePeer peer)
    {
        var answer = await Ask(peer, "OPTIONS", "sip:example.com", _run, []);
        Assert.Equal(200, answer.Status);
    }

    /// <summary>A request without a fault, with the message's own Call-ID where it has one.</summary>
    private async Task<WireMessage> Ask(TorturePeer peer, string method, string uri, int number, IEnumerable<string> headers)
    {
        var callId = _sent.Header("Call-ID") is { Length: > 0 } id ? id : $"probe-{_run}";
        string[] lines =
        [
            $"{method} {uri} SIP/2.0", $"Via: SIP/2.0/{transport} {peer.Local};rport;branch=z9hG4bKprobe{_run}.{number}", "Max-Forwards: 70",
            $"From: <sip:{@case.Username}@example.com>;tag=probe{_run}", $"To: <sip:{@case.Username}@example.com>", $"Call-ID: {callId}",
            $"CSeq: {900_000_000 + number} {method}", .. headers, "Content-Length: 0",
        ];
        var request = new WireMessage($"{string.Join("\r\n", lines)}\r\n\r\n".Replace("<sip:@", "<sip:", StringComparison.Ordinal));
        await peer.Send(request.Text);
        while (true)
        {
            var message = await peer.Receive();
            Assert.NotNull(message);
            if (message.Header("CSeq") == request.Header("CSeq"))
                return message;

            // A repetition of the final answer may still come; for what has none nothing may.
            Assert.True(Expected.Kind != OutcomeKind.Dropped || message.Header("Call-ID") != callId, $"Not asked for:\n{message.Text}");
        }
    }

    /// <summary>RFC 3261 §17.1.1.3: the ACK of a refusal has the INVITE's URI and top Via, and the To of the answer.</summary>
    private static string Acknowledge(WireMessage invite, WireMessage answer) => string.Join("\r\n",
        $"ACK {invite.Uri} SIP/2.0", $"Via: {answer.Lines("Via")[0]}", "Max-Forwards: 70", $"From: {answer.Header("From")}",
        $"To: {answer.Header("To")}", $"Call-ID: {answer.Header("Call-ID")}", $"CSeq: {answer.Header("CSeq").Split(' ')[0]} ACK",
        "Content-Length: 0", "", "");

    private static string FirstOf(string text) => text[..(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)];

    [GeneratedRegex(@"(?<name>\nCSeq: )(?<number>\d+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CSeqPattern();
}
