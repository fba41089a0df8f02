using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;
using static TekSipCloud.Sip.Tests.Messages.MessageText;

namespace TekSipCloud.Sip.Tests.Headers;

public sealed class ViaHeaderTests
{
    [Theory]
    [InlineData("SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1", "UDP", "192.0.2.1", 5060, "z9hG4bK1")]
    [InlineData("SIP  /   2.0  /UDP     192.0.2.2;branch=390skdjuw", "UDP", "192.0.2.2", 0, "390skdjuw")]
    [InlineData("SIP  / 2.0  / TCP     spindle.example.com   ;  branch  =   z9hG4bK9ikj8", "TCP", "spindle.example.com", 0, "z9hG4bK9ikj8")]
    [InlineData("SIP/2.0/TLS a.example.com : 5061 ;branch=z9hG4bK2", "TLS", "a.example.com", 5061, "z9hG4bK2")]
    [InlineData("SIP/2.0/UDP a.example.com: 5061", "UDP", "a.example.com", 5061, "")]
    [InlineData("SIP/2.0/UDP a.example.com :5061", "UDP", "a.example.com", 5061, "")]
    [InlineData("SIP/7.0/UDP c.example.com;branch=z9hG4bK3", "UDP", "c.example.com", 0, "z9hG4bK3")]
    [InlineData("SIP/2.0/UNKNOWN t4.example.com;branch=z9hG4bK4", "UNKNOWN", "t4.example.com", 0, "z9hG4bK4")]
    [InlineData("SIP/2.0/WSS df7jal23ls0d.invalid;branch=z9hG4bK5", "WSS", "df7jal23ls0d.invalid", 0, "z9hG4bK5")]
    [InlineData("SIP/2.0/UDP [2001:db8::9:1]:5070;branch=z9hG4bK6", "UDP", "[2001:db8::9:1]", 5070, "z9hG4bK6")]
    public void A_good_Via_is_taken_apart(string text, string transport, string host, int port, string branch)
    {
        Assert.True(ViaHeader.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var via, out _));

        Assert.Equal(transport, Text(via.Transport));
        Assert.Equal(host, Text(via.Host));
        Assert.Equal(port, via.Port);
        Assert.Equal(branch, Text(via.Branch));
    }

    [Theory]
    [InlineData("", SipParseError.BadVia)]
    [InlineData("SIP/2.0/UDP", SipParseError.BadVia)]
    [InlineData("SIP/2.0 192.0.2.1", SipParseError.BadVia)]
    [InlineData("SIP//UDP 192.0.2.1", SipParseError.BadVia)]
    [InlineData("SIP/2.0/UDP192.0.2.1", SipParseError.BadVia)]
    [InlineData("SIP/2.0/UDP 192.0.2.1 junk", SipParseError.BadVia)]
    [InlineData("SIP/2.0/UDP 192.0.2.1:0", SipParseError.BadVia)]
    [InlineData("SIP/2.0/UDP 192.0.2.1:65536", SipParseError.BadVia)]
    [InlineData("SIP/2.0/UDP 192.0.2.1: ", SipParseError.BadVia)]
    [InlineData("SIP/2.0/UDP : 5060", SipParseError.BadVia)]
    [InlineData("SIP/2.0/UDP 2001:db8::1", SipParseError.BadVia)]
    [InlineData("SIP/2.0/UDP [::1", SipParseError.BadVia)]
    [InlineData("SIP/2.0/UDP 192.0.2.1;;branch=1", SipParseError.BadParameter)]
    [InlineData("SIP/2.0/UDP 192.0.2.1;branch=1;branch=2", SipParseError.BadParameter)]
    [InlineData("SIP/2.0/UDP 192.0.2.1;branch=", SipParseError.BadParameter)]
    public void A_bad_Via_is_refused_RFC_3261_20_42(string text, SipParseError expected)
    {
        Assert.False(ViaHeader.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out _, out var error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("received=[2001:db8::9:255]", "[2001:db8::9:255]")]
    [InlineData("received=2001:db8::9:255", "2001:db8::9:255")]
    public void An_IPv6_received_may_have_brackets_or_not_RFC_5118_4_5(string parameter, string expected)
    {
        Assert.True(ViaHeader.TryParse(System.Text.Encoding.UTF8.GetBytes($"SIP/2.0/UDP [2001:db8::9:1];{parameter}"), out var via, out _));

        Assert.Equal(expected, Text(via.Received));
    }

    [Fact]
    public void Its_parameters_have_their_own_getters()
    {
        Assert.True(ViaHeader.TryParse("SIP/2.0/UDP a.b;rport=9;maddr=224.2.0.1;ttl=16"u8, out var via, out _));

        Assert.True(via.HasRport);
        Assert.Equal(9, via.Rport);
        Assert.Equal("224.2.0.1", Text(via.Maddr));
        Assert.Equal(16, via.Ttl);
        Assert.Equal("SIP/2.0/UDP a.b", Text(via.Head));
    }

    [Theory]
    [InlineData("z9hG4bK776", true)]
    [InlineData("Z9HG4BK776", true)]
    [InlineData("z9hG4bK", false)]
    [InlineData("390skdjuw", false)]
    public void A_branch_with_the_cookie_and_more_is_of_RFC_3261_RFC_4475_3_2_1(string branch, bool expected)
    {
        Assert.True(ViaHeader.TryParse(System.Text.Encoding.UTF8.GetBytes("SIP/2.0/UDP a.b;branch=" + branch), out var via, out _));

        Assert.Equal(expected, via.HasMagicCookie);
    }

    [Fact]
    public void Only_its_parameters_at_fault_its_sender_is_still_read_so_that_400_finds_its_way()
    {
        Assert.False(ViaHeader.TryParse("SIP/2.0/UDP 192.0.2.15;;"u8, out var via, out _));

        Assert.Equal("192.0.2.15", Text(via.Host));
        Assert.True(via.Parameters.Bytes.IsEmpty);
    }
}
