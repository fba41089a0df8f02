using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Tests.Messages;

/// <summary>The headers that a request made of a URI is to have (RFC 3261 §19.1.1), as Refer-To brings Replaces (RFC 3891 §4).</summary>
public sealed class SipUriHeaderTests
{
    [Theory]
    [InlineData("sip:a@h?Replaces=12%40192.0.2.1%3Bto-tag%3D1%3Bfrom-tag%3D2", "12@192.0.2.1;to-tag=1;from-tag=2")]
    [InlineData("sip:a@h;transport=tcp?Subject=x&replaces=b&Require=replaces", "b")]
    [InlineData("sip:a@h?Replaces=", "")]
    [InlineData("sip:a@h?Replaces=one&Replaces=two", null)]
    [InlineData("sip:a@h?Replacesx=1", null)]
    [InlineData("sip:a@h?Subject=Replaces", null)]
    [InlineData("sip:a@h", null)]
    public void The_only_header_of_a_name_is_found_without_its_escapes(string text, string? value)
    {
        Assert.True(SipUri.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var uri, out _));

        Assert.Equal(value, uri.FindOnlyHeader("Replaces"u8));
    }
}
