using TekSipCloud.Sip.Messages;
using static TekSipCloud.Sip.Tests.Messages.MessageText;

namespace TekSipCloud.Sip.Tests.Messages;

/// <summary>The parser's part of RFC 5118; its §4.6 to §4.8 are about bodies.</summary>
public sealed class Ipv6TortureTests
{
    [Theory]
    [InlineData("sip:[2001:db8::10]", "[2001:db8::10]", 0, "§4.1")]
    [InlineData("sip:[2001:db8::10:5070]", "[2001:db8::10:5070]", 0, "§4.3: the port is part of the address")]
    [InlineData("sip:[2001:db8::10]:5070", "[2001:db8::10]", 5070, "§4.4")]
    [InlineData("sip:user@[2001:db8:::192.0.2.1]", "[2001:db8:::192.0.2.1]", 0, "§4.10: the grammar's third colon")]
    [InlineData("sip:user@[2001:db8::192.0.2.1]", "[2001:db8::192.0.2.1]", 0, "§4.10")]
    public void A_Request_URI_with_an_IPv6_reference_is_taken_apart(string uri, string host, int port, string section)
    {
        Assert.True(SipMessage.Parse(Request(uri)).TryGetRequestUri(out var parsed, out _), section);

        Assert.Equal(host, Text(parsed.Host));
        Assert.Equal(port, parsed.Port);
    }

    [Fact]
    public void An_address_without_brackets_is_answered_400_4_2() =>
        Assert.Equal(SipParseError.BadRequestUri, ErrorOf(Request("sip:2001:db8::10")));

    [Theory]
    [InlineData("[2001:db8::9:1];received=[2001:db8::9:255];branch=z9hG4bKas3-111", "§4.5")]
    [InlineData("[2001:db8::9:1];received=2001:db8::9:255;branch=z9hG4bKas3", "§4.5")]
    [InlineData("[::ffff:192.0.2.10]:19823;branch=z9hG4bKbh19", "§4.9")]
    public void A_Via_with_an_IPv6_reference_is_taken_apart(string sentBy, string section) =>
        Assert.True(ErrorOf(InviteWith("pc33.atlanta.example.com;branch=z9hG4bK776asdhds", sentBy)) == SipParseError.None, section);

    private static byte[] Request(string uri) => InviteWith("INVITE sip:bob@biloxi.example.com", "INVITE " + uri);
}
