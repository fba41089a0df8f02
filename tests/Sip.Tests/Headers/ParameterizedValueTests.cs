using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;
using static TekSipCloud.Sip.Tests.Messages.MessageText;

namespace TekSipCloud.Sip.Tests.Headers;

public sealed class ParameterizedValueTests
{
    [Theory]
    [InlineData("application/sdp", "application/sdp", "")]
    [InlineData("1800;refresher=uac", "1800", "uac")]
    [InlineData("1800 ; Refresher = uas", "1800", "uas")]
    [InlineData("98732@sip.example.com;from-tag=r33th4x0r;to-tag=ff87ff", "98732@sip.example.com", "")]
    [InlineData("Q.850;cause=16;text=\"Normal; clearing\"", "Q.850", "")]
    public void A_value_is_parted_from_its_parameters(string text, string value, string refresher)
    {
        Assert.True(ParameterizedValue.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out var header, out _));

        Assert.Equal(value, Text(header.Value));
        Assert.Equal(refresher, Text(header.Parameters["refresher"u8]));
    }

    [Theory]
    [InlineData("", SipParseError.BadValue)]
    [InlineData(" ;x", SipParseError.BadValue)]
    [InlineData("1800;", SipParseError.BadParameter)]
    [InlineData("1800;a=1;A=2", SipParseError.BadParameter)]
    [InlineData("Q.850;text=\"open", SipParseError.BadQuotedString)]
    public void A_bad_value_is_refused(string text, SipParseError expected)
    {
        Assert.False(ParameterizedValue.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out _, out var error));
        Assert.Equal(expected, error);
    }
}
