using System.Text;
using TekSipCloud.Sip.Tests.Transactions;
using TekSipCloud.Sip.Tracing;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Tracing;

/// <summary>Messages are found by their Call-ID, and those of calls outlast those of registrations.</summary>
public sealed class MessageTraceTests
{
    private readonly FakeClock _clock = new();
    private readonly FakeFlow _flow = new(SipTransportProtocol.Tcp);
    private readonly MessageTrace _trace;

    public MessageTraceTests() => _trace = new MessageTrace(MessageTrace.MinBytes, _clock);

    [Fact]
    public void A_calls_messages_are_found_in_order_with_their_ways()
    {
        _trace.Record(TraceKind.Received, _flow, Message("INVITE", "c1"));
        _clock.Advance(TimeSpan.FromMilliseconds(20));
        _trace.Record(TraceKind.Sent, _flow, Answer("INVITE", "c1"));
        _trace.Record(TraceKind.Received, _flow, Message("INVITE", "c11"));

        var found = _trace.FindMessages("c1"u8);

        Assert.Equal([TraceKind.Received, TraceKind.Sent], found.Select(message => message.Kind));
        Assert.Equal(TimeSpan.FromMilliseconds(20), found[1].At - found[0].At);
        Assert.All(found, message => Assert.Equal((_flow.Remote, SipTransportProtocol.Tcp), (message.Remote, message.Protocol)));
        Assert.Equal(Message("INVITE", "c1"), found[0].Bytes.ToArray());
    }

    [Fact]
    public void A_Call_ID_in_another_messages_header_is_not_its_own()
    {
        _trace.Record(TraceKind.Received, _flow, Message("INVITE", "c2", "Replaces: c1;to-tag=1;from-tag=2\r\n"));

        Assert.Empty(_trace.FindMessages("c1"u8));
    }

    [Fact]
    public void Registrations_do_not_push_calls_out()
    {
        _trace.Record(TraceKind.Received, _flow, Message("INVITE", "call"));
        for (var i = 0; i < 20_000; i++)
        {
            _trace.Record(TraceKind.Received, _flow, Message("REGISTER", $"r{i}"));
            _trace.Record(TraceKind.Sent, _flow, Answer("REGISTER", $"r{i}"));
        }

        Assert.Single(_trace.FindMessages("call"u8));
        Assert.Equal(2, _trace.FindMessages("r19999"u8).Count);
        Assert.Empty(_trace.FindMessages("r0"u8));
    }

    [Fact]
    public void Notes_are_found_by_what_is_in_them()
    {
        _trace.Note(_flow, "one thing"u8);
        _trace.Note(_flow, "another thing"u8);

        Assert.Equal("another thing", Encoding.ASCII.GetString(Assert.Single(_trace.FindNotes("other"u8)).Bytes.Span));
        Assert.Empty(_trace.FindMessages("thing"u8));
    }

    [Fact]
    public void Recording_allocates_nothing()
    {
        var message = Message("INVITE", "c1");
        var answer = Answer("INVITE", "c1");
        Allocations.AssertNone(Both);

        void Both()
        {
            _trace.Record(TraceKind.Received, _flow, message);
            _trace.Record(TraceKind.Sent, _flow, answer);
        }
    }

    private static byte[] Message(string method, string callId, string more = "") => Encoding.ASCII.GetBytes(
        $"{method} sip:b@example.com SIP/2.0\r\n{Headers(method, callId)}{more}Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n");

    private static byte[] Answer(string method, string callId) => Encoding.ASCII.GetBytes(
        $"SIP/2.0 200 OK\r\n{Headers(method, callId)}Content-Length: 0\r\n\r\n");

    private static string Headers(string method, string callId) =>
        $"Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK1\r\nFrom: <sip:a@example.com>;tag=1\r\nTo: <sip:b@example.com>\r\n"
        + $"Call-ID: {callId}\r\nCSeq: 1 {method}\r\n";
}
