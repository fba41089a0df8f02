using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;
using static TekSipCloud.Sip.Tests.Messages.MessageText;

namespace TekSipCloud.Sip.Tests.Headers;

public sealed class NameAddressTests
{
    [Theory]
    [InlineData("<sip:a@b>", "", "sip:a@b", "")]
    [InlineData("sip:a@b", "", "sip:a@b", "")]
    [InlineData("sip:a@b;tag=x", "", "sip:a@b", "x")]
    [InlineData("sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n", "", "sip:vivekg@chair-dnrc.example.com", "1918181833n")]
    [InlineData("<sip:a@b;lr;tag=no>;TAG=yes", "", "sip:a@b;lr;tag=no", "yes")]
    [InlineData("caller<sip:caller@example.com>;tag=323", "caller", "sip:caller@example.com", "323")]
    [InlineData("Alice B. Cooper  <sip:a@b> ; tag=1", "Alice B. Cooper", "sip:a@b", "1")]
    [InlineData("\"A <b>, \\\" ; c\" <sip:a@b>", "\"A <b>, \\\" ; c\"", "sip:a@b", "")]
    [InlineData("\"\"<sip:a@b>", "\"\"", "sip:a@b", "")]
    [InlineData("Çağrı <sip:a@b>", "Çağrı", "sip:a@b", "")]
    [InlineData("isbn:2983792873", "", "isbn:2983792873", "")]
    [InlineData("<http://www.example.com>;tag=3234233", "", "http://www.example.com", "3234233")]
    [InlineData("<sip:a@b?Route=%3Csip:c%3E>", "", "sip:a@b?Route=%3Csip:c%3E", "")]
    [InlineData("<sip:a@b>;x=\"y;tag=no\";tag=z", "", "sip:a@b", "z")]
    public void A_good_address_is_taken_apart(string text, string name, string uri, string tag)
    {
        Assert.True(NameAddress.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var address, out _));

        Assert.Equal(name, Text(address.DisplayName));
        Assert.Equal(uri, Text(address.Uri));
        Assert.Equal(tag, Text(address.Tag));
    }

    [Theory]
    [InlineData("", SipParseError.BadAddress)]
    [InlineData("Alice", SipParseError.BadAddress)]
    [InlineData("<>", SipParseError.BadAddress)]
    [InlineData("<sip:a@b", SipParseError.BadAddress)]
    [InlineData("\"Mr. J. User <sip:j@b>", SipParseError.BadQuotedString)]
    [InlineData("\"a\" b <sip:j@b>", SipParseError.BadAddress)]
    [InlineData("a \"b\" <sip:j@b>", SipParseError.BadAddress)]
    [InlineData("Bell, Alexander <sip:a@b>", SipParseError.BadAddress)]
    [InlineData("< sip:a@b >", SipParseError.BadAddress)]
    [InlineData("<sip:a@b> junk", SipParseError.BadParameter)]
    [InlineData("<sip:a@b>, <sip:c@d>", SipParseError.BadParameter)]
    [InlineData("<sip:a@b>;", SipParseError.BadParameter)]
    [InlineData("<sip:a@b>;;;;", SipParseError.BadParameter)]
    [InlineData("<sip:a@b>;tag=", SipParseError.BadParameter)]
    [InlineData("<sip:a@b>;x=\"open", SipParseError.BadQuotedString)]
    [InlineData("<sip:a@b>;x=\"a\"b", SipParseError.BadParameter)]
    [InlineData("<sip:a@b>;tag=a;tag=b", SipParseError.BadParameter)]
    [InlineData("sip:a@b?Route=%3Csip:c%3E", SipParseError.BadAddress)]
    [InlineData("sip:a,b@c", SipParseError.BadAddress)]
    [InlineData("<<sip:a@b>>", SipParseError.BadAddress)]
    public void A_bad_address_is_refused_RFC_3261_20_10(string text, SipParseError expected)
    {
        Assert.False(NameAddress.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out _, out var error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("\"A \\\"B\\\" \\\\ C\"", "A \"B\" \\ C")]
    [InlineData("\"plain\"", "plain")]
    [InlineData("token", "token")]
    [InlineData("\"open", "\"open")]
    public void A_display_name_loses_quotes_and_escapes(string text, string expected) =>
        Assert.Equal(expected, Text(QuotedString.Unquote(System.Text.Encoding.UTF8.GetBytes(text), stackalloc byte[64])));
}
