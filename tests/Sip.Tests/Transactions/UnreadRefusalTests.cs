using System.Text;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Tracing;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>What the layer refuses without reading it, and what it doesn't (RFC 3261 §8.2.7, §17.2.3).</summary>
public sealed class UnreadRefusalTests
{
    private readonly TransactionBench _bench = new();
    private readonly UnreadRefusal _refusal = new(503, RetryAfter);

    [Fact]
    public void A_new_request_is_answered_once_and_nothing_is_remembered_of_it()
    {
        Assert.True(Refuse(TransactionBench.Request("INVITE")));

        var answer = _bench.Flow.Last;
        Assert.Equal((503, 1), (answer.StatusCode, _bench.Flow.Count));
        Assert.True(answer.TryGet(SipHeaderName.RetryAfter, out var seconds) && seconds.SequenceEqual("7"u8));
        Assert.Equal((0, 0, 0), _bench.Left);
    }

    [Fact]
    public void Its_answer_is_the_same_each_time_and_the_same_as_that_of_a_request_that_was_read()
    {
        var invite = TransactionBench.Request("INVITE");
        _bench.Layer.Responder.Respond(_bench.Flow, invite, 503, RetryAfter);
        var read = _bench.Flow.Last.Bytes.ToArray();

        for (var copy = 0; copy < 2; copy++)
        {
            Refuse(invite);
            Assert.Equal(read, _bench.Flow.Last.Bytes.ToArray());
        }
    }

    [Fact]
    public void The_trace_keeps_the_answer_by_which_it_is_found()
    {
        _bench.Loop.Trace = new MessageTrace(MessageTrace.MinBytes, TimeProvider.System);
        _bench.Loop.Post(() => _ = Refuse(TransactionBench.Request("REGISTER", callId: "refused@peer")));
        _bench.Loop.RunUntilIdle();

        var traced = Assert.Single(_bench.Loop.Trace.FindMessages("refused@peer"u8));
        Assert.Equal(TraceKind.Sent, traced.Kind);
        Assert.Equal(_bench.Flow.Remote, traced.Remote);
        Assert.Equal(_bench.Flow.Last.Bytes.ToArray(), traced.Bytes.ToArray());
    }

    [Fact]
    public void A_retransmission_of_a_request_that_was_taken_is_not_refused()
    {
        var invite = TransactionBench.Request("INVITE");
        _bench.Layer.Receive(_bench.Flow, invite);

        Assert.False(Refuse(invite));
    }

    [Fact]
    public void Nor_is_one_of_a_request_that_was_answered()
    {
        var register = TransactionBench.Request("REGISTER");
        _bench.Layer.Receive(_bench.Flow, register);
        _bench.User.LastServer!.Respond(200);

        Assert.False(Refuse(register));
    }

    [Theory]
    [InlineData("SIP/2.0/UDP 192.0.2.10;branch=1")]
    [InlineData("SIP/2.0/UDP 192.0.2.10:5999;branch=z9hG4bKa")]
    [InlineData("nonsense")]
    public void What_is_answered_in_another_way_is_read(string via)
    {
        var text = Encoding.ASCII.GetString(TransactionBench.Request("INVITE").Bytes.Span);
        var lines = text.Split("\r\n").Select(line => line.StartsWith("Via:", StringComparison.Ordinal) ? $"Via: {via}" : line);

        Assert.False(Refuse(Encoding.ASCII.GetBytes(string.Join("\r\n", lines))));
        Assert.Equal(0, _bench.Flow.Count);
    }

    private bool Refuse(SipMessage message) => Refuse(message.Bytes.Span);

    private bool Refuse(ReadOnlySpan<byte> datagram) =>
        UnreadRequest.TryFind(datagram, out var request) && _bench.Layer.TryRefuse(_bench.Flow, request, _refusal);

    private static void RetryAfter(SipWriter writer) => writer.Header(SipHeaderName.RetryAfter, 7);
}
