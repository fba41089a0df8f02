using TekSipCloud.Sip.Messages;
using static TekSipCloud.Sip.Tests.Messages.MessageText;

namespace TekSipCloud.Sip.Tests.Messages;

/// <summary>The parser's part of RFC 5118: the messages under Corpus/Rfc5118, and what is in them.</summary>
public sealed class Ipv6TortureTests
{
    [Theory]
    [InlineData("ipv6-good", "§4.1")]
    [InlineData("ipv6-bad", "§4.2", SipParseError.BadRequestUri)]
    [InlineData("port-ambiguous", "§4.3")]
    [InlineData("port-unambiguous", "§4.4")]
    [InlineData("via-received-param-with-delim", "§4.5")]
    [InlineData("via-received-param-no-delim", "§4.5")]
    [InlineData("ipv6-in-sdp", "§4.6")]
    [InlineData("mult-ip-in-header", "§4.7")]
    [InlineData("mult-ip-in-sdp", "§4.8")]
    [InlineData("ipv4-mapped-ipv6", "§4.9")]
    [InlineData("ipv6-bug-abnf-3-colons", "§4.10")]
    [InlineData("ipv6-correct-abnf-2-colons", "§4.10")]
    public void A_message_is_parsed_or_refused(string name, string section, SipParseError expected = SipParseError.None)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Corpus", "Rfc5118", $"{name}.dat");

        Assert.True(ErrorOf(File.ReadAllBytes(file)) == expected, section);
    }

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
