using System.Text;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>Answers without state: at most three bytes for one by UDP, and none for a source that has spent its share.</summary>
public sealed class StatelessResponderTests
{
    private static readonly string Long = new('x', 2_000);

    private readonly StatelessResponder _responder = new();
    private readonly FakeFlow _flow = new(SipTransportProtocol.Udp);

    [Fact]
    public void What_an_answer_can_do_without_is_left_out_when_it_would_be_too_long()
    {
        Assert.True(_responder.Respond(_flow, TransactionBench.Request("OPTIONS"), 200, addOptional: WriteLong));

        Assert.DoesNotContain(Long, Encoding.ASCII.GetString(_flow.Last.Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_that_is_too_long_as_it_is_is_not_sent()
    {
        Assert.False(_responder.Respond(_flow, TransactionBench.Request("INVITE"), 407, WriteLong));

        Assert.Equal(0, _flow.Count);
    }

    [Fact]
    public void A_longer_request_gets_the_longer_answer() =>
        Assert.True(_responder.Respond(_flow, TransactionBench.Request("INVITE", extra: $"X: {Long}\n"), 407, WriteLong));

    [Fact]
    public void A_connection_gets_the_longer_answer()
    {
        var flow = new FakeFlow(SipTransportProtocol.Tcp);

        Assert.True(_responder.Respond(flow, TransactionBench.Request("INVITE"), 407, WriteLong));
    }

    [Fact]
    public void A_source_that_has_spent_its_share_gets_no_answer()
    {
        var responder = new StatelessResponder(new FakeGate(answers: 1));

        Assert.True(responder.Respond(_flow, TransactionBench.Request("INVITE"), 404));
        Assert.False(responder.Respond(_flow, TransactionBench.Request("INVITE"), 404));
        Assert.Equal(1, _flow.Count);
    }

    private static void WriteLong(SipWriter writer) => writer.Header(SipHeaderName.Allow, Encoding.ASCII.GetBytes(Long));
}
