using System.Security.Cryptography.X509Certificates;
using TekSipCloud.Sip.Tls;
using TekSipCloud.Testing.Certificates;

namespace TekSipCloud.Sip.Tests.Tls;

/// <summary>Whom a certificate names (RFC 5922 §7.1, §7.2).</summary>
public sealed class CertificateIdentitiesTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData("example.com", true)]
    [InlineData("EXAMPLE.com", true)]
    [InlineData("sip.example.com", false)]
    [InlineData("ample.com", false)]
    [InlineData("", false)]
    public void A_DNS_name_is_compared_as_a_whole_without_regard_to_case(string domain, bool isIts) =>
        Assert.Equal(isIts, Read("example.com").Name(domain, allowsWildcards: false));

    [Fact]
    public void A_SIP_URI_wins_over_DNS_names()
    {
        var identities = Read("sip:example.com", "other.example.com");

        Assert.Equal(["example.com"], identities.Claims);
        Assert.False(identities.Name("other.example.com", allowsWildcards: false));
    }

    [Theory]
    [InlineData("sip:user@example.com")]
    [InlineData("sips:example.com")]
    [InlineData("https://example.com")]
    [InlineData("im:example.com")]
    public void A_URI_with_a_user_or_of_another_scheme_names_no_domain(string uri)
    {
        var identities = Read(uri, "dns.example.com");

        Assert.Empty(identities.SipDomains);
        Assert.Equal(["dns.example.com"], identities.Claims);
    }

    [Fact]
    public void The_common_name_counts_only_without_alternative_names()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var old = _authority.Issue("CN=old.example.com", now.AddDays(-1), now.AddDays(1));
        using var modern = _authority.Issue("CN=old.example.com", now.AddDays(-1), now.AddDays(1), "192.0.2.1");

        Assert.True(CertificateIdentities.Read(old).Name("old.example.com", allowsWildcards: false));
        Assert.False(CertificateIdentities.Read(modern).Name("old.example.com", allowsWildcards: false));
    }

    [Theory]
    [InlineData("sip.example.com", true)]
    [InlineData("example.com", false)]
    [InlineData("a.sip.example.com", false)]
    [InlineData(".example.com", false)]
    public void A_wildcard_names_hosts_right_below_where_it_is_allowed(string domain, bool isIts)
    {
        Assert.Equal(isIts, Read("*.example.com").Name(domain, allowsWildcards: true));
        Assert.False(Read("*.example.com").Name(domain, allowsWildcards: false));
    }

    [Theory]
    [InlineData("192.0.2.1", true)]
    [InlineData("192.0.2.2", false)]
    [InlineData("[2001:db8::1]", true)]
    [InlineData("2001:db8:0::1", true)]
    public void A_numeric_host_is_an_address_never_a_name(string host, bool isIts) =>
        Assert.Equal(isIts, Read("192.0.2.1", "2001:db8::1", "192.0.2.2.example.com").Name(host, allowsWildcards: false));

    [Fact]
    public void Alternative_names_that_are_no_ASN1_name_nobody()
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        var request = new CertificateRequest("CN=example.com", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509Extension("2.5.29.17", [0x30, 0x05, 0x82, 0x09, 0x41], critical: false));
        using var broken = request.CreateSelfSigned(TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddDays(1));

        Assert.Empty(CertificateIdentities.Read(broken).Claims);
    }

    private CertificateIdentities Read(params string[] names)
    {
        using var certificate = _authority.Issue(names);
        return CertificateIdentities.Read(certificate);
    }
}
