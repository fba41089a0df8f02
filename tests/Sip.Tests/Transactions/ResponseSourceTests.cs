using System.Globalization;
using System.Text;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>Where a response may come from (RFC 3261 §18.1.2): it is matched by what only its request's receiver knows.</summary>
public sealed class ResponseSourceTests
{
    private readonly TransactionBench _bench = new();

    [Theory]
    [InlineData("192.0.2.10:6666")]
    [InlineData("198.51.100.77:5060")]
    public void By_UDP_a_server_may_answer_from_any_of_its_addresses(string source)
    {
        var request = _bench.Send("OPTIONS");

        _bench.Layer.Receive(new FakeFlow(SipTransportProtocol.Udp, source), TransactionBench.Response(request, 200));

        Assert.Equal("200", _bench.User.TakeHeard());
    }

    [Theory]
    [InlineData(true, "192.0.2.10:5060", true)]
    [InlineData(true, "192.0.2.10:6666", false)]
    [InlineData(true, "198.51.100.77:5060", false)]
    [InlineData(false, "192.0.2.10:6666", true)]
    [InlineData(false, "198.51.100.77:5060", false)]
    public void A_phones_own_connection_is_answered_by_that_alone_one_of_ours_by_any_of_the_same_server(bool isPhones, string source, bool isTaken)
    {
        var way = new FakeFlow(SipTransportProtocol.Tcp) { IsOfPeer = isPhones };
        var request = _bench.Layer.SendRequest(way, TransactionBench.Written("OPTIONS", "z9hG4bKours"), _bench.User);

        _bench.Layer.Receive(new FakeFlow(SipTransportProtocol.Tcp, source), TransactionBench.Response(request, 200));

        Assert.Equal(isTaken ? "200" : "stray200", _bench.User.TakeHeard());
    }

    [Theory]
    [InlineData(SipTransportProtocol.Udp, SipTransportProtocol.Tcp)]
    [InlineData(SipTransportProtocol.Tls, SipTransportProtocol.Tcp)]
    [InlineData(SipTransportProtocol.Tls, SipTransportProtocol.Udp)]
    public void A_response_comes_by_the_protocol_of_its_request(SipTransportProtocol sent, SipTransportProtocol answered)
    {
        // RFC 3261 §18.2.2
        var way = new FakeFlow(sent) { IsOfPeer = false };
        var request = _bench.Layer.SendRequest(way, TransactionBench.Written("OPTIONS", "z9hG4bKours"), _bench.User);

        _bench.Layer.Receive(new FakeFlow(answered), TransactionBench.Response(request, 200));

        Assert.Equal("stray200", _bench.User.TakeHeard());
    }

    [Fact]
    public void A_repeated_refusal_by_a_strangers_connection_is_not_acknowledged()
    {
        var way = new FakeFlow(SipTransportProtocol.Udp);
        var invite = _bench.SendInvite();
        _bench.Receive(TransactionBench.Response(invite, 486));
        _bench.Flow.TakeSent();

        _bench.Layer.Receive(new FakeFlow(SipTransportProtocol.Tcp, "198.51.100.77:5060"), TransactionBench.Response(invite, 486));

        Assert.Equal("", _bench.Flow.TakeSent());
        _bench.Layer.Receive(way, TransactionBench.Response(invite, 486));
        Assert.Equal("ACK", _bench.Flow.TakeSent());
    }

    /// <summary>Whoever is not on the way must guess it: 96 bits of a cryptographic generator, after a cookie and a prefix that anybody knows.</summary>
    [Fact]
    public void A_branch_is_96_bits_that_nobody_can_guess()
    {
        var ids = new RandomIds("n0.node.1.mac.");
        var seen = new HashSet<UInt128>();
        UInt128 ever = 0, always = UInt128.MaxValue;

        for (var i = 0; i < 1000; i++)
        {
            var branch = Encoding.ASCII.GetString(ids.NewBranch());
            Assert.StartsWith("z9hG4bKn0.node.1.mac.", branch, StringComparison.Ordinal);
            var random = branch["z9hG4bKn0.node.1.mac.".Length..];
            Assert.Equal(24, random.Length);
            var drawn = UInt128.Parse(random, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            Assert.True(seen.Add(drawn));
            (ever, always) = (ever | drawn, always & drawn);
        }

        // Every bit is 0 now and 1 then.
        Assert.Equal((UInt128.MaxValue >> 32, UInt128.Zero), (ever, always));
    }
}
