using System.Net;
using TekSipCloud.Sip.Resolution;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Resolution;

/// <summary>RFC 3263 §4.3: servers that failed are not tried again at once.</summary>
public sealed class PenaltyBoxTests
{
    private static readonly SipTarget A = new(SipTransportProtocol.Udp, IPEndPoint.Parse("192.0.2.1:5060"));
    private static readonly SipTarget B = new(SipTransportProtocol.Udp, IPEndPoint.Parse("192.0.2.2:5060"));

    private readonly FakeClock _clock = new();
    private readonly PenaltyBox _box;

    public PenaltyBoxTests() => _box = new PenaltyBox(_clock, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5));

    [Fact]
    public void A_server_that_failed_is_passed_over_for_a_while()
    {
        _box.Punish(A);
        Assert.Equal([B], _box.Choose([A, B]));

        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal([A, B], _box.Choose([A, B]));
    }

    [Fact]
    public void When_all_failed_all_are_tried()
    {
        _box.Punish(A);
        _box.Punish(B);
        Assert.Equal([A, B], _box.Choose([A, B]));
    }

    [Fact]
    public void An_answer_clears_a_server()
    {
        _box.Punish(A);
        _box.Clear(A);
        Assert.Equal([A, B], _box.Choose([A, B]));
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(3_600, 300)]
    [InlineData(0, 0)]
    public void A_servers_wish_is_respected_within_bounds(int wish, int span) =>
        Assert.Equal(TimeSpan.FromSeconds(span), _box.Punish(A, TimeSpan.FromSeconds(wish)));

    [Fact]
    public void Another_transport_is_another_server()
    {
        _box.Punish(A);
        Assert.False(_box.Holds(A with { Protocol = SipTransportProtocol.Tcp }));
    }

    [Fact]
    public void It_holds_so_many_and_no_more()
    {
        for (var i = 0; i < 30_000; i++)
            _box.Punish(A with { Remote = new IPEndPoint(i + 1, 5060) });

        Assert.InRange(_box.Count, 1, 10_000);
    }
}
