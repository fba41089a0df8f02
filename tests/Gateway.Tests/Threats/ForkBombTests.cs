using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Threats;

/// <summary>Calls that lead back to themselves by way of phones, each time to more of them (RFC 5393).</summary>
public sealed class ForkBombTests : GatewayTest
{
    [Theory]
    [InlineData("", "30")]
    [InlineData("Max-Breadth: 60", "30")]
    [InlineData("Max-Breadth: 5", "2")]
    [InlineData("Max-Breadth: 4294967295", "30")]
    public void Devices_that_ring_at_the_same_time_share_the_breadth_of_the_call(string header, string part)
    {
        // RFC 5393 §5.3.3.2
        var alice = Script.Registered("101");
        var (desk, mobile) = (Script.Registered("102"), Script.Registered("102"));

        var call = alice.Invites("102", headers: header);

        Assert.Equal(part, SipText.Header(desk.Gets("INVITE"), "Max-Breadth"));
        Assert.Equal(part, SipText.Header(mobile.Gets("INVITE"), "Max-Breadth"));
        call.Sends("CANCEL");
    }

    [Theory]
    [InlineData("Max-Breadth: 1")]
    [InlineData("Max-Breadth: 0")]
    public void A_call_without_breadth_for_all_devices_is_440(string header)
    {
        // RFC 5393 §5.3.3.1
        var alice = Script.Registered("101");
        var (desk, mobile) = (Script.Registered("102"), Script.Registered("102"));

        var call = alice.Invites("102", headers: header);

        call.GetsRefusal(440);
        desk.GetsNothing();
        mobile.GetsNothing();
    }

    [Fact]
    public void Each_time_round_a_call_has_a_hop_less()
    {
        // RFC 3261 §16.6 step 3, which a back-to-back user agent owes as well.
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");

        Script.Change = bytes => SipText.Bytes(System.Text.Encoding.UTF8.GetString(bytes).Replace("Max-Forwards: 70", "Max-Forwards: 2", StringComparison.Ordinal));
        var call = alice.Invites("102");

        Assert.Equal("1", SipText.Header(bob.Gets("INVITE"), "Max-Forwards"));
        call.Sends("CANCEL");
    }
}
