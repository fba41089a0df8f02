using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;
using static TekSipCloud.Sip.Tests.Messages.MessageText;

namespace TekSipCloud.Sip.Tests.Headers;

public sealed class CSeqHeaderTests
{
    [Theory]
    [InlineData("4711 INVITE", 4711u, "INVITE")]
    [InlineData("0009   INVITE", 9u, "INVITE")]
    [InlineData("0\tACK", 0u, "ACK")]
    [InlineData("2147483647 BYE", 2147483647u, "BYE")]
    [InlineData("1 !interesting-Method0123456789_*+`.%indeed'~", 1u, "!interesting-Method0123456789_*+`.%indeed'~")]
    public void A_good_CSeq_is_taken_apart(string text, uint number, string method)
    {
        Assert.True(CSeqHeader.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out var header, out _));

        Assert.Equal(number, header.Number);
        Assert.Equal(method, Text(header.Method));
    }

    [Theory]
    [InlineData("", SipParseError.BadNumber)]
    [InlineData("INVITE", SipParseError.BadNumber)]
    [InlineData("-1 INVITE", SipParseError.BadNumber)]
    [InlineData("+1 INVITE", SipParseError.BadNumber)]
    [InlineData("2147483648 INVITE", SipParseError.BadNumber)]
    [InlineData("36893488147419103232 REGISTER", SipParseError.BadNumber)]
    [InlineData("1", SipParseError.BadMethod)]
    [InlineData("1 ", SipParseError.BadMethod)]
    [InlineData("1INVITE", SipParseError.BadMethod)]
    [InlineData("1 INVITE, 2 INVITE", SipParseError.BadMethod)]
    [InlineData("1 INV ITE", SipParseError.BadMethod)]
    [InlineData("1 IN\0VITE", SipParseError.BadMethod)]
    public void A_bad_CSeq_is_refused_RFC_3261_20_16(string text, SipParseError expected)
    {
        Assert.False(CSeqHeader.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out _, out var error));
        Assert.Equal(expected, error);
    }
}
