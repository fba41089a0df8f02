using TekSipCloud.Sip.Digest;
using TekSipCloud.Sip.Messages;
using static TekSipCloud.Sip.Tests.Messages.MessageText;

namespace TekSipCloud.Sip.Tests.Digest;

public sealed class DigestHeaderTests
{
    private const string Good =
        "Digest username=\"bob\", realm=\"a, \\\"b\\\"\", nonce=\"n\", uri=\"sip:bob@biloxi.example.com\", response=\"00\", algorithm=MD5";

    [Fact]
    public void Credentials_are_taken_apart_with_commas_and_escapes_in_quotes()
    {
        Assert.True(DigestCredentials.TryParse(Utf8(Good), out var credentials, out _));

        Assert.Equal("bob", Text(credentials.UserName));
        Assert.Equal("a, \\\"b\\\"", Text(credentials.Realm));
        Assert.Equal(DigestAlgorithm.Md5, credentials.Algorithm);
        Assert.False(credentials.HasQop);
        Assert.Equal(0u, credentials.NonceCount);
    }

    [Theory]
    [InlineData("Basic Ym9iOnNlY3JldA==", SipParseError.UnknownAuthenticationScheme)]
    [InlineData("NoOneKnowsThisScheme opaque-data=here", SipParseError.UnknownAuthenticationScheme)]
    [InlineData("", SipParseError.BadValue)]
    [InlineData("Digest", SipParseError.BadValue)]
    [InlineData("Digest username=\"bob\"", SipParseError.BadValue)]
    [InlineData("Digest username=\"b\", realm=\"r\", nonce=\"n\", uri=\"\", response=\"0\"", SipParseError.BadValue)]
    [InlineData("Digest username=\"bob", SipParseError.BadQuotedString)]
    [InlineData("Digest username=\"bob\"x", SipParseError.BadQuotedString)]
    [InlineData("Digest username=bo\"b", SipParseError.BadParameter)]
    [InlineData("Digest username", SipParseError.BadParameter)]
    [InlineData("Digest username=", SipParseError.BadParameter)]
    [InlineData("Digest username=\"a\", USERNAME=\"b\"", SipParseError.BadParameter)]
    [InlineData("Digest =x", SipParseError.BadParameter)]
    public void Bad_credentials_are_refused(string text, SipParseError expected)
    {
        Assert.False(DigestCredentials.TryParse(Utf8(text), out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void Of_several_credentials_those_for_the_realm_are_found_RFC_3261_22_2()
    {
        var message = SipMessage.Parse(InviteWith(
            "Max-Forwards",
            $"Authorization: Basic x\nAuthorization: {Good}\nAuthorization: {Good.Replace("a, \\\"b\\\"", "ours", StringComparison.Ordinal)}\nMax-Forwards"));

        Assert.True(DigestCredentials.TryFind(message, SipHeaderName.Authorization, "ours"u8, out var credentials));
        Assert.Equal("ours", Text(credentials.Realm));
        Assert.True(credentials.IsFor(message));
        Assert.False(DigestCredentials.TryFind(message, SipHeaderName.Authorization, "OURS"u8, out _));
    }

    [Theory]
    [InlineData("sip:bob@biloxi.example.com", true)]
    [InlineData("sip:bob@BILOXI.example.com:5060;transport=udp", true)]
    [InlineData("sip:carol@biloxi.example.com", false)]
    [InlineData("sip:bob@elsewhere.example.com", false)]
    [InlineData("nonsense", false)]
    public void Credentials_are_for_a_request_when_user_and_host_agree(string uri, bool expected)
    {
        Assert.True(DigestCredentials.TryParse(Utf8(Good.Replace("sip:bob@biloxi.example.com", uri, StringComparison.Ordinal)), out var credentials, out _));

        Assert.Equal(expected, credentials.IsFor(SipMessage.Parse(ToWire(Invite))));
    }

    [Fact]
    public void A_challenge_is_taken_apart()
    {
        Assert.True(DigestChallenge.TryParse(
            "Digest realm=\"biloxi.com\", qop=\"auth-int, auth\", nonce=\"n\", stale=TRUE, opaque=\"o\", algorithm=SHA-256"u8, out var challenge, out _));

        Assert.Equal("biloxi.com", Text(challenge.Realm));
        Assert.Equal("n", Text(challenge.Nonce));
        Assert.Equal("o", Text(challenge.Opaque));
        Assert.True(challenge.IsStale);
        Assert.True(challenge.OffersAuth);
        Assert.Equal(DigestAlgorithm.Sha256, challenge.Algorithm);
    }

    [Theory]
    [InlineData("realm=\"r\", nonce=\"n\"", true)]
    [InlineData("realm=\"r\", nonce=\"n\", qop=\"auth\"", true)]
    [InlineData("realm=\"r\", nonce=\"n\", qop=\"auth-int\"", false)]
    [InlineData("realm=\"r\", nonce=\"n\", qop=\"\"", false)]
    [InlineData("realm=\"r\", nonce=\"n\", algorithm=MD5-sess", false)]
    public void A_challenge_is_answerable_with_a_known_algorithm_and_qop(string pairs, bool expected)
    {
        Assert.True(DigestChallenge.TryParse(Utf8("Digest " + pairs), out var challenge, out _));

        Assert.Equal(expected, challenge.IsAnswerable);
    }

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
