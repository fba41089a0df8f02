using System.Net;
using System.Net.Sockets;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests;

/// <summary>A server behind a NAT, known by a host name or by addresses.</summary>
public sealed class ExternalAddressTests : GatewayTest
{
    private const string Name = "gw.example.net";
    private int _calls;

    [Fact]
    public async Task SDP_bears_the_address_that_the_external_name_has_now()
    {
        await UseScript(64, ("Gateway:External", Name));
        Assert.Equal("203.0.113.5", await OfferedAfter("203.0.113.5"));
        Assert.Equal("203.0.113.6", await OfferedAfter("203.0.113.6"));
    }

    [Fact]
    public async Task While_DNS_does_not_know_the_name_the_last_address_stays()
    {
        await UseScript(64, ("Gateway:External", Name));
        Assert.Equal("203.0.113.5", await OfferedAfter("203.0.113.5"));
        Assert.Equal("203.0.113.5", await OfferedAfter(null));
    }

    [Fact]
    public async Task A_start_without_DNS_advertises_the_bound_address()
    {
        await UseScript(64, ("Gateway:External", Name));
        await Script.External.Begin(CancellationToken.None);
        Assert.Equal(ScriptServices.Address, await OfferedAfter(null));
    }

    [Fact]
    public async Task A_request_to_the_external_names_address_is_for_us()
    {
        await UseScript(64, ("Gateway:External", Name));
        await OfferedAfter("203.0.113.5");
        Assert.True(Script.Own.Contains(Name));
        Assert.True(Script.Own.Contains("203.0.113.5"));

        await OfferedAfter("203.0.113.6");
        Assert.False(Script.Own.Contains("203.0.113.5"));
    }

    [Fact]
    public async Task An_address_set_for_media_is_not_changed_by_the_name()
    {
        await UseScript(64, ("Gateway:External", Name), ("Media:ExternalAddress", "198.51.100.9"));
        Assert.Equal("198.51.100.9", await OfferedAfter("203.0.113.5"));
    }

    [Theory]
    [InlineData("203.0.113.5", "203.0.113.5", null)]
    [InlineData("2001:db8::5", null, "2001:db8::5")]
    [InlineData("203.0.113.5, 2001:db8::5", "203.0.113.5", "2001:db8::5")]
    [InlineData(Name, Name, Name)]
    [InlineData("", null, null)]
    public void Each_family_is_told_its_own_address(string external, string? v4, string? v6)
    {
        var options = new GatewayOptions { External = external };
        Assert.Equal(v4, options.ExternalHostOf(AddressFamily.InterNetwork));
        Assert.Equal(v6, options.ExternalHostOf(AddressFamily.InterNetworkV6));
    }

    [Theory]
    [InlineData("0.0.0.0", "", true)]
    [InlineData("0.0.0.0,::", "203.0.113.5,2001:db8::5", true)]
    [InlineData("0.0.0.0,127.0.0.1", "", false)]
    [InlineData("", "", false)]
    [InlineData("localhost", "", false)]
    [InlineData("::", "a.example,b.example", false)]
    public void Only_one_address_of_each_family_makes_sense(string bind, string external, bool isValid) => Assert.Equal(
        isValid, !new GatewayOptions { Bind = bind, External = external }.Validate(new(new object())).Any());

    [Fact]
    public async Task An_IPv6_address_is_ours_however_it_is_written()
    {
        await UseScript(64, ("Gateway:External", "2001:db8::5"), ("Gateway:Bind", "127.0.0.1,::1"));
        Assert.True(Script.Own.Contains("2001:DB8:0::5"));
        Assert.False(Script.Own.Contains("2001:db8::6"));
    }

    /// <summary>What the callee of a new call is offered after DNS said this.</summary>
    private async Task<string> OfferedAfter(string? address)
    {
        if (address is null)
            Script.Names.Names.Remove(Name);
        else
            Script.Names.Names[Name] = IPAddress.Parse(address);
        await Script.External.Refresh(CancellationToken.None);

        var number = $"{200 + ++_calls}";
        var bob = Script.Registered(number);
        var call = Script.Registered("101").Invites(number);
        var ringing = bob.GetsCall();
        var offered = Sdp.AddressOf(ringing.LastSdp);
        ringing.Sends(486);
        call.GetsRefusal(486);
        return offered;
    }
}
