using TekSipCloud.Sip.Digest;

namespace TekSipCloud.Sip.Tests.Digest;

public sealed class DigestResponseTests
{
    private const string Rfc2617 =
        "Digest username=\"Mufasa\", realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", "
        + "qop=auth, nc=00000001, cnonce=\"0a4f113b\", response=\"6629fae49393a05397450978507c4ef1\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";

    private const string Rfc7616Nonces =
        "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\", "
        + "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, "
        + "cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth, opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\", ";

    private const string Rfc7616Md5 = Rfc7616Nonces + "algorithm=MD5, response=\"8ca523f5e9506fed4657c9700eebdbec\"";

    private const string Rfc7616Sha256 =
        Rfc7616Nonces + "algorithm=SHA-256, response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"";

    // Computed from RFC 2617 §3.2.2.1 for a client of RFC 2069: no qop.
    private const string Rfc2069 =
        "Digest username=\"Mufasa\", realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", "
        + "response=\"670fd8c2df070c60b045671b8b24ff02\"";

    [Theory]
    [InlineData(Rfc2617, "Circle Of Life", "RFC 2617 §3.5")]
    [InlineData(Rfc7616Md5, "Circle of Life", "RFC 7616 §3.9.1, MD5")]
    [InlineData(Rfc7616Sha256, "Circle of Life", "RFC 7616 §3.9.1, SHA-256")]
    public void The_response_of_an_RFC_s_example_is_right(string header, string password, string source) =>
        Assert.True(Verify(header, password), source);

    [Theory]
    [InlineData(Rfc2617, "Circle of Life")]
    [InlineData(Rfc7616Sha256, "Circle Of Life")]
    public void Another_password_is_refused(string header, string password) => Assert.False(Verify(header, password));

    [Theory]
    [InlineData("nc=00000001", "nc=00000002")]
    [InlineData("0a4f113b", "0a4f113c")]
    [InlineData("index.html", "index.htm")]
    [InlineData("6629fae4", "6629fae5")]
    [InlineData("6629fae49393a05397450978507c4ef1", "6629fae49393a05397450978507c4ef")]
    [InlineData("6629fae49393a05397450978507c4ef1", "6629fae49393a05397450978507c4efg")]
    [InlineData("qop=auth", "qop=auth-int")]
    [InlineData("nc=00000001", "nc=0")]
    [InlineData("qop=auth", "algorithm=SHA-256, qop=auth")]
    [InlineData("qop=auth", "algorithm=MD5-sess, qop=auth")]
    public void Anything_changed_is_refused(string old, string @new) =>
        Assert.False(Verify(Rfc2617.Replace(old, @new, StringComparison.Ordinal), "Circle Of Life"));

    [Fact]
    public void Upper_case_digits_are_the_same_response() =>
        Assert.True(Verify(Rfc2617.Replace("6629fae49393a05397450978507c4ef1", "6629FAE49393A05397450978507C4EF1", StringComparison.Ordinal), "Circle Of Life"));

    [Fact]
    public void No_qop_is_refused_when_it_was_offered_and_taken_when_it_was_not()
    {
        Assert.False(Verify(Rfc2069, "Circle Of Life", isQopOffered: true));
        Assert.True(Verify(Rfc2069, "Circle Of Life", isQopOffered: false));
    }

    [Fact]
    public void One_request_s_hash_is_never_taken_for_another_s()
    {
        for (var again = 0; again < 2; again++)
        {
            Assert.True(Verify(Rfc7616Md5, "Circle of Life"));
            Assert.True(Verify(Rfc7616Sha256, "Circle of Life"));
            Assert.True(Verify(Rfc2617, "Circle Of Life"));
            Assert.False(Verify(Rfc2617.Replace("index.html", "index.htm", StringComparison.Ordinal), "Circle Of Life"));
            Assert.False(Verify(Rfc2617.Replace("index.html", "index.htmlx", StringComparison.Ordinal), "Circle Of Life"));
        }
    }

    [Fact]
    public void Long_parts_are_hashed_whole()
    {
        var name = new string('u', 3_000);
        var header = Rfc2617.Replace("Mufasa", name, StringComparison.Ordinal);
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.ASCII.GetBytes(
            Hex($"{name}:testrealm@host.com:p") + ":dcd98b7102dd2f0e8b11d0f600bfb0c093:00000001:0a4f113b:auth:" + Hex("GET:/dir/index.html"))));

        Assert.True(Verify(header.Replace("6629fae49393a05397450978507c4ef1", expected, StringComparison.Ordinal), "p"));

        static string Hex(string text) =>
            Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.ASCII.GetBytes(text)));
    }

    private static bool Verify(string header, string password, bool isQopOffered = true)
    {
        Assert.True(DigestCredentials.TryParse(System.Text.Encoding.UTF8.GetBytes(header), out var credentials, out var error), error.ToString());
        // The HA1 on file belongs to one algorithm, whatever the peer says.
        var algorithm = header.Contains("algorithm=SHA-256, response", StringComparison.Ordinal) ? DigestAlgorithm.Sha256 : DigestAlgorithm.Md5;
        Span<byte> ha1 = stackalloc byte[32];
        var length = DigestHa1.Compute(algorithm, credentials.UserName, credentials.Realm, System.Text.Encoding.UTF8.GetBytes(password), ha1);
        return DigestResponse.Verify(ha1[..length], "GET"u8, credentials, isQopOffered);
    }
}
