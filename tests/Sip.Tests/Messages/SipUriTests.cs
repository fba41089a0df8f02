using TekSipCloud.Sip.Messages;
using static TekSipCloud.Sip.Tests.Messages.MessageText;

namespace TekSipCloud.Sip.Tests.Messages;

public sealed class SipUriTests
{
    [Theory]
    [InlineData("sip:alice@atlanta.com", "alice", "", "atlanta.com", 0)]
    [InlineData("sip:alice:secretword@atlanta.com;transport=tcp", "alice", "secretword", "atlanta.com", 0)]
    [InlineData("sips:1212@gateway.com:5061", "1212", "", "gateway.com", 5061)]
    [InlineData("SIP:atlanta.com", "", "", "atlanta.com", 0)]
    [InlineData("sip:+1-212-555-1212:1234@gateway.com;user=phone", "+1-212-555-1212", "1234", "gateway.com", 0)]
    [InlineData("sip:alice;day=tuesday@atlanta.com", "alice;day=tuesday", "", "atlanta.com", 0)]
    [InlineData("sip:user;par=u%40example.net@example.com", "user;par=u%40example.net", "", "example.com", 0)]
    [InlineData("sip:sips%3Auser%40example.com@example.net", "sips%3Auser%40example.com", "", "example.net", 0)]
    [InlineData("sip:%00@host5.example.com", "%00", "", "host5.example.com", 0)]
    [InlineData("sip:[2001:db8::10]", "", "", "[2001:db8::10]", 0)]
    [InlineData("sip:a@[2001:db8::10]:5070;lr", "a", "", "[2001:db8::10]", 5070)]
    [InlineData("sip:a@[2001:db8::10:5070]", "a", "", "[2001:db8::10:5070]", 0)]
    [InlineData("sip:[::ffff:192.0.2.2]:5060", "", "", "[::ffff:192.0.2.2]", 5060)]
    [InlineData("sip:*72#@pbx_1.example.com", "*72#", "", "pbx_1.example.com", 0)]
    [InlineData("tel:+1-201-555-0123;phone-context=x", "+1-201-555-0123", "", "", 0)]
    public void A_good_URI_is_taken_apart(string text, string user, string password, string host, int port)
    {
        Assert.True(SipUri.TryParse(Bytes(text), out var uri, out var error));

        Assert.Equal(SipParseError.None, error);
        Assert.Equal(text, Text(uri.Bytes));
        Assert.Equal(user, Text(uri.User));
        Assert.Equal(password, Text(uri.Password));
        Assert.Equal(host, Text(uri.Host));
        Assert.Equal(port, uri.Port);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sip:")]
    [InlineData("sip:@host")]
    [InlineData("alice@host")]
    [InlineData(":alice@host")]
    [InlineData("sip:alice@")]
    [InlineData("sip:alice@host:")]
    [InlineData("sip:alice@host:0")]
    [InlineData("sip:alice@host:65536")]
    [InlineData("sip:alice@host:4294972356")]
    [InlineData("sip:alice@host:50x")]
    [InlineData("sip:2001:db8::10")]
    [InlineData("sip:[2001:db8::10")]
    [InlineData("sip:[2001:db8::zz]")]
    [InlineData("sip:[fe80::1%25eth0]")]
    [InlineData("sip:[]")]
    [InlineData("sip:[192.0.2.1]")]
    [InlineData("sip:[2001:db8:::10]")]
    [InlineData("sip:[2001:db8::::192.0.2.1]")]
    [InlineData("sip:[2001:db8::1:::192.0.2.1]")]
    [InlineData("sip:al ice@host")]
    [InlineData("sip:alice@ho st")]
    [InlineData("sip:alice@host\r\n")]
    [InlineData("sip:alice\0@host")]
    [InlineData("sip:%4@host")]
    [InlineData("sip:%zz@host")]
    [InlineData("sip:alice@host;")]
    [InlineData("sip:alice@host;;lr")]
    [InlineData("sip:alice@host;=x")]
    [InlineData("sip:alice@host;a=1;A=2")]
    [InlineData("sip:alice@host?")]
    [InlineData("sip:алиса@host")]
    [InlineData("sip:alice<@host")]
    [InlineData("tel:")]
    [InlineData("tel:alice")]
    [InlineData("1sip:alice@host")]
    [InlineData("mailto:")]
    [InlineData("urn:a b")]
    public void A_bad_URI_is_refused_RFC_3261_25_1(string text)
    {
        Assert.False(SipUri.TryParse(Bytes(text), out _, out var error), text);
        Assert.Equal(SipParseError.BadUri, error);
    }

    [Theory]
    [InlineData("nobodyKnowsThisScheme:totallyopaquecontent", "RFC 4475 §3.3.2")]
    [InlineData("soap.beep://192.0.2.103:3002", "RFC 4475 §3.3.3")]
    public void An_unknown_scheme_is_well_formed_but_answered_416_as_a_Request_URI(string text, string why)
    {
        var message = SipMessage.Parse(InviteWith("INVITE sip:bob@biloxi.example.com", "INVITE " + text));

        Assert.False(message.TryGetRequestUri(out var uri, out var error), why);
        Assert.Equal(SipUriScheme.Other, uri.Scheme);
        Assert.Equal(416, error.Status());
    }

    [Fact]
    public void Parameters_and_headers_are_found_without_case()
    {
        Assert.True(SipUri.TryParse("sip:a@b;Transport=TCP;lr?Subject=x&Priority=urgent"u8, out var uri, out _));

        Assert.Equal("TCP", Text(uri.Transport));
        Assert.True(uri.IsLooseRouter);
        Assert.Equal("Subject=x&Priority=urgent", Text(uri.Headers));
    }

    [Fact]
    public void A_user_part_loses_its_escapes()
    {
        Assert.True(SipUri.TryParse("sip:%61l%69ce%20x@b"u8, out var uri, out _));

        Assert.Equal("alice x", Text(uri.UnescapeUser(stackalloc byte[32])));
    }

    [Theory]
    [InlineData("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5")]
    [InlineData("sip:carol@chicago.com;newparam=5", "sip:carol@chicago.com;security=on")]
    [InlineData("sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com", "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com")]
    [InlineData("sip:alice@atlanta.com?subject=project%20x&priority=urgent", "sip:alice@atlanta.com?priority=urgent&subject=project%20x")]
    [InlineData("sip:caller@host5.example.net;lr;name=value%2541", "sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31")]
    [InlineData("sip:bob@[2001:DB8::9:1]", "sip:bob@[2001:db8:0:0:0:0:9:01]")]
    [InlineData("sip:user@[2001:db8:::192.0.2.1]", "sip:user@[2001:db8::192.0.2.1]")]
    [InlineData("urn:service:sos", "urn:service:sos")]
    public void URIs_are_equivalent_by_RFC_3261_19_1_4(string left, string right) => Assert.True(AreEquivalent(left, right));

    [Theory]
    [InlineData("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP", "user case")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060", "default port")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp", "default transport")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp", "port and transport")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting", "headers")]
    [InlineData("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4", "host")]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off", "parameter on both")]
    [InlineData("sip:a@b;name=value%2541", "sip:a@b;name=valueA", "RFC 4475 §3.1.1.3: never unescaped twice")]
    [InlineData("sip:a@b", "sips:a@b", "scheme")]
    [InlineData("sip:a:b@c", "sip:a@c", "password")]
    [InlineData("sip:a@b;user=phone", "sip:a@b", "user parameter")]
    public void URIs_are_not_equivalent_by_RFC_3261_19_1_4(string left, string right, string why) =>
        Assert.False(AreEquivalent(left, right), why);

    [Theory]
    [InlineData("+12125551212", "+12125551212")]
    [InlineData("1001@evil.example.com", "1001%40evil.example.com")]
    [InlineData("a;x?y#z:w%", "a%3Bx%3Fy%23z%3Aw%25")]
    [InlineData("a\r\nVia: b", "a%0D%0AVia%3A%20b")]
    [InlineData("\"<é>", "%22%3C%C3%A9%3E")]
    public void Any_text_becomes_a_user_part_and_back(string text, string expected)
    {
        var escaped = SipUri.EscapeUser(Bytes(text), stackalloc byte[96]);

        Assert.Equal(expected, Text(escaped));
        Assert.True(SipUri.TryParse(Bytes($"sip:{Text(escaped)}@host"), out var uri, out _));
        Assert.Equal(text, Text(uri.UnescapeUser(stackalloc byte[96])));
    }

    private static bool AreEquivalent(string left, string right)
    {
        Assert.True(SipUri.TryParse(Bytes(left), out var a, out _));
        Assert.True(SipUri.TryParse(Bytes(right), out var b, out _));
        return a.IsEquivalentTo(b) && b.IsEquivalentTo(a);
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
