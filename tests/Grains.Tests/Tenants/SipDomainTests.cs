using TekSipCloud.Grains.Tenants;

namespace TekSipCloud.Grains.Tests.Tenants;

public sealed class SipDomainTests
{
    [Theory]
    [InlineData("SIP.Example.com.", "sip.example.com")]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("2001:DB8::1", "2001:db8::1")]
    [InlineData("[2001:db8:0::1]", "2001:db8::1")]
    [InlineData("pbx_1", "pbx_1")]
    public void A_domain_has_one_form(string text, string expected) =>
        Assert.Equal(expected, SipDomain.Normalize(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData("-a.example")]
    [InlineData("a b")]
    [InlineData("sip:a.example")]
    [InlineData("[192.0.2.1]")]
    [InlineData("fe80::1%eth0")]
    [InlineData("bücher.example")]
    public void Anything_else_is_none(string? text) => Assert.Null(SipDomain.Normalize(text));
}
