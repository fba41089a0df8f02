using System.Text;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Tests.Headers;

public sealed class RAckHeaderTests
{
    [Theory]
    [InlineData("776656 1 INVITE", 776656u, 1u, "INVITE")]
    [InlineData("4294967295  2147483647\tINVITE", uint.MaxValue, (uint)int.MaxValue, "INVITE")]
    [InlineData("1 0 X", 1u, 0u, "X")]
    public void It_names_a_response_and_its_request(string value, uint rseq, uint cseq, string method)
    {
        // RFC 3262 §7.2
        Assert.True(RAckHeader.TryParse(Encoding.ASCII.GetBytes(value), out var rack, out var error));
        Assert.Equal((rseq, cseq, method, SipParseError.None), (rack.RSeq, rack.CSeq, Encoding.ASCII.GetString(rack.Method), error));
    }

    [Theory]
    [InlineData("", SipParseError.BadNumber)]
    [InlineData("1", SipParseError.BadNumber)]
    [InlineData("0 1 INVITE", SipParseError.BadNumber)]
    [InlineData("+1 1 INVITE", SipParseError.BadNumber)]
    [InlineData("-1 1 INVITE", SipParseError.BadNumber)]
    [InlineData("4294967296 1 INVITE", SipParseError.BadNumber)]
    [InlineData("1,1 INVITE", SipParseError.BadNumber)]
    [InlineData("1 one INVITE", SipParseError.BadNumber)]
    [InlineData("1 2147483648 INVITE", SipParseError.BadNumber)]
    [InlineData("1 1", SipParseError.BadMethod)]
    [InlineData("1 1 IN VITE", SipParseError.BadMethod)]
    public void What_names_none_is_refused(string value, SipParseError expected)
    {
        Assert.False(RAckHeader.TryParse(Encoding.ASCII.GetBytes(value), out _, out var error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("1", 1u)]
    [InlineData("4294967295", uint.MaxValue)]
    [InlineData("0", 0u)]
    [InlineData("", 0u)]
    [InlineData("+1", 0u)]
    [InlineData("1 2", 0u)]
    [InlineData("4294967296", 0u)]
    public void A_response_is_numbered_from_1(string value, uint rseq)
    {
        // RFC 3262 §7.1
        Assert.Equal(rseq > 0, RAckHeader.TryParseRSeq(Encoding.ASCII.GetBytes(value), out var read, out var error));
        Assert.Equal((rseq, rseq > 0 ? SipParseError.None : SipParseError.BadNumber), (read, error));
    }
}
