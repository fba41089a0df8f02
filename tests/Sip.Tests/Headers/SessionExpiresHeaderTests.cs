using System.Text;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Tests.Headers;

public sealed class SessionExpiresHeaderTests
{
    [Theory]
    [InlineData("1800", 1800u, SessionRefresher.Open)]
    [InlineData("90;refresher=uac", 90u, SessionRefresher.Uac)]
    [InlineData("90 ; Refresher = UAS", 90u, SessionRefresher.Uas)]
    [InlineData("4294967295;x=y", uint.MaxValue, SessionRefresher.Open)]
    public void An_interval_is_read_with_its_refresher(string value, uint seconds, SessionRefresher refresher)
    {
        // RFC 4028 §4
        Assert.True(SessionExpiresHeader.TryParse(Encoding.ASCII.GetBytes(value), out var header, out _));
        Assert.Equal(new(seconds, refresher), header);
    }

    [Theory]
    [InlineData("", SipParseError.BadValue)]
    [InlineData(";refresher=uac", SipParseError.BadValue)]
    [InlineData("soon", SipParseError.BadNumber)]
    [InlineData("+90", SipParseError.BadNumber)]
    [InlineData("-90", SipParseError.BadNumber)]
    [InlineData("90 s", SipParseError.BadNumber)]
    [InlineData("4294967296", SipParseError.BadNumber)]
    [InlineData("90;refresher=both", SipParseError.BadParameter)]
    [InlineData("90;refresher", SipParseError.BadParameter)]
    public void What_is_no_interval_is_refused(string value, SipParseError expected)
    {
        // RFC 4028 §4, RFC 3261 §25.1 delta-seconds
        Assert.False(SessionExpiresHeader.TryParse(Encoding.ASCII.GetBytes(value), out var header, out var error));
        Assert.Equal((default, expected), (header, error));
    }

    [Theory]
    [InlineData("120", true, 120u)]
    [InlineData("120;x=y", true, 120u)]
    [InlineData("two", false, 0u)]
    public void The_least_interval_is_a_number(string value, bool isRead, uint seconds)
    {
        // RFC 4028 §5
        Assert.Equal(isRead, SessionExpiresHeader.TryParseMinSe(Encoding.ASCII.GetBytes(value), out var least, out _));
        Assert.Equal(seconds, least);
    }
}
