using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>A layer on a loop driven by hand, a flow and a user that record, and the messages to feed them.</summary>
internal sealed class TransactionBench
{
    private readonly FakeClock _clock = new();

    public TransactionBench(bool reliable = false, TransactionBounds? bounds = null)
    {
        Flow = new FakeFlow(reliable ? SipTransportProtocol.Tcp : SipTransportProtocol.Udp);
        Loop = new SignallingLoop("test", _clock, NullLogger<SignallingLoop>.Instance);
        Layer = new TransactionLayer(Loop, SipTimers.Default, new CountingIds(), User, bounds);
    }

    public SignallingLoop Loop { get; }

    public TransactionLayer Layer { get; }

    public FakeFlow Flow { get; }

    public RecordingUser User { get; } = new();

    /// <summary>Transactions and timers that exist.</summary>
    public (int Servers, int Clients, int Timers) Left => (Layer.ServerTransactions, Layer.ClientTransactions, Loop.TimerCount);

    /// <summary>A request of the peer.</summary>
    public static SipMessage Request(
        string method, string branch = "z9hG4bKpeer", string cseqMethod = "", string toTag = "", string callId = "c1@peer",
        string sentBy = "192.0.2.10:5060", uint cseq = 1, string extra = "") =>
        Parse($"""
            {method} sip:bob@example.com SIP/2.0
            Via: SIP/2.0/UDP {sentBy};rport;branch={branch}
            Max-Forwards: 70
            From: "Alice" <sip:alice@example.com>;tag=a1
            To: <sip:bob@example.com>{(toTag.Length > 0 ? $";tag={toTag}" : "")}
            Call-ID: {callId}
            CSeq: {cseq} {(cseqMethod.Length > 0 ? cseqMethod : method)}
            Contact: <sip:alice@192.0.2.10:5060>
            {extra}Content-Length: 0


            """);

    /// <summary>A response of the peer to a request of ours.</summary>
    public static SipMessage Response(ClientTransaction transaction, int status, string toTag = "b1", string extra = "")
    {
        var request = Encoding.Latin1.GetString(transaction.Request.Bytes.Span);
        var lines = request.Split("\r\n").Where(line => line.StartsWith("Via:", StringComparison.Ordinal)
            || line.StartsWith("From:", StringComparison.Ordinal) || line.StartsWith("Call-ID:", StringComparison.Ordinal)
            || line.StartsWith("CSeq:", StringComparison.Ordinal));
        return Parse($"""
            SIP/2.0 {status} X
            {string.Join('\n', lines)}
            To: <sip:bob@example.com>;tag={toTag}
            {extra}Content-Length: 0


            """);
    }

    public static SipMessage Parse(string text) =>
        SipMessage.Parse(Encoding.Latin1.GetBytes(text.ReplaceLineEndings("\r\n")));

    /// <summary>Moves time and lets every timer fire at its moment.</summary>
    public void Pass(TimeSpan time)
    {
        Loop.RunUntilIdle();
        while (Loop.NextDue is { } due && due <= time)
        {
            var step = due > TimeSpan.Zero ? due : TimeSpan.FromMilliseconds(1);
            _clock.Advance(step);
            time -= step;
            Loop.RunUntilIdle();
        }

        if (time > TimeSpan.Zero)
            _clock.Advance(time);
        Loop.RunUntilIdle();
    }

    public void PassSeconds(double seconds) => Pass(TimeSpan.FromSeconds(seconds));

    public void Receive(SipMessage message) => Layer.Receive(Flow, message);

    public ServerTransaction ReceiveRequest(string method)
    {
        Receive(Request(method));
        Assert.NotNull(User.LastServer);
        return User.LastServer;
    }

    public ClientTransaction Send(string method, string branch = "z9hG4bKours", string extra = "") =>
        Layer.SendRequest(Flow, Written(method, branch, extra), User);

    /// <summary>A request of ours, as whoever sends it has written it.</summary>
    public static SipWriter Written(string method, string branch, string extra = "")
    {
        var request = Request(method, branch, extra: extra);
        var writer = new SipWriter();
        writer.RequestLine(request.MethodToken, request.RequestUri);
        foreach (var line in request.Lines)
        {
            if (line.Name != SipHeaderName.ContentLength)
                writer.CopyLine(line);
        }

        writer.End();
        return writer;
    }

    public InviteClientTransaction SendInvite(string extra = "") => (InviteClientTransaction)Send("INVITE", extra: extra);
}
