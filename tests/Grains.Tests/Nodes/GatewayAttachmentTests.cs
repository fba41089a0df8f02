using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Grains.Nodes;

namespace TekSipCloud.Grains.Tests.Nodes;

public sealed class GatewayAttachmentTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_late_word_of_an_earlier_start_does_not_displace_its_successor()
    {
        var current = Attached("02");

        Assert.Same(current, GatewayAttachment.Latest(current, Attached("01")));
        Assert.Equal("03", GatewayAttachment.Latest(current, Attached("03")).Incarnation);
    }

    [Fact]
    public void A_gateway_that_does_not_renew_is_gone()
    {
        Assert.True(Attached("01").IsCurrent(Now + GatewayObserver.SubscriptionLifetime - TimeSpan.FromTicks(1)));
        Assert.False(Attached("01").IsCurrent(Now + GatewayObserver.SubscriptionLifetime));
    }

    [Fact]
    public void A_UDP_flow_outlives_its_incarnation_and_a_connection_does_not()
    {
        Assert.True(Attached("02").Holds(new("a", "01", 0), Now));
        Assert.False(Attached("02").Holds(new("a", "01", 5), Now));
        Assert.True(Attached("02").Holds(new("a", "02", 5), Now));
    }

    private static GatewayAttachment Attached(string incarnation) => new(new RecordingGateway(), incarnation, Now);
}
