using TekSipCloud.Sip.Digest;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Testing;
using static TekSipCloud.Sip.Tests.Messages.MessageText;

namespace TekSipCloud.Sip.Tests.Digest;

/// <summary>A challenge of ours, answered by our own client, judged by our own server.</summary>
public sealed class DigestExchangeTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private readonly FakeClock _clock = new();
    private readonly NonceSource _nonces;
    private readonly DigestVerifier _verifier;

    public DigestExchangeTests()
    {
        _nonces = new(new byte[32], 1, Lifetime, _clock);
        _verifier = new(_nonces, new(4));
    }

    [Theory]
    [InlineData(DigestAlgorithm.Md5)]
    [InlineData(DigestAlgorithm.Sha256)]
    public void The_right_password_is_accepted_once(DigestAlgorithm algorithm)
    {
        var request = Answer(Challenge(algorithm), algorithm);

        Assert.Equal(DigestVerdict.Accepted, Judge(request, algorithm));
        Assert.Equal(DigestVerdict.Replayed, Judge(request, algorithm));
    }

    [Fact]
    public void A_nonce_is_used_again_with_the_next_count()
    {
        var challenge = Challenge(DigestAlgorithm.Md5);

        Assert.Equal(DigestVerdict.Accepted, Judge(Answer(challenge, DigestAlgorithm.Md5, count: 1), DigestAlgorithm.Md5));
        Assert.Equal(DigestVerdict.Accepted, Judge(Answer(challenge, DigestAlgorithm.Md5, count: 2), DigestAlgorithm.Md5));
        Assert.Equal(DigestVerdict.Replayed, Judge(Answer(challenge, DigestAlgorithm.Md5, count: 2), DigestAlgorithm.Md5));
    }

    [Fact]
    public void A_wrong_password_is_refused_whatever_the_nonce()
    {
        var challenge = Challenge(DigestAlgorithm.Md5);
        Assert.Equal(DigestVerdict.Refused, Judge(Answer(challenge, DigestAlgorithm.Md5, password: "guess"), DigestAlgorithm.Md5));

        _clock.Advance(Lifetime);
        Assert.Equal(DigestVerdict.Refused, Judge(Answer(challenge, DigestAlgorithm.Md5, password: "guess"), DigestAlgorithm.Md5));
    }

    [Fact]
    public void An_old_nonce_with_the_right_password_is_stale_RFC_7616_3_3()
    {
        var challenge = Challenge(DigestAlgorithm.Md5);
        _clock.Advance(Lifetime);

        Assert.Equal(DigestVerdict.Stale, Judge(Answer(challenge, DigestAlgorithm.Md5), DigestAlgorithm.Md5));
    }

    [Fact]
    public void An_HA1_of_another_algorithm_proves_nothing() =>
        Assert.Equal(DigestVerdict.Refused, Judge(Answer(Challenge(DigestAlgorithm.Md5), DigestAlgorithm.Md5), DigestAlgorithm.Sha256));

    [Fact]
    public void A_client_answers_only_for_the_realm_its_password_belongs_to_CVE_2021_41158() =>
        Assert.False(DigestChallenge.TryChoose(Challenge(DigestAlgorithm.Md5), "other"u8, out _));

    [Fact]
    public void A_client_takes_the_topmost_challenge_that_it_can_answer_RFC_8760_2_4()
    {
        var writer = new SipWriter();
        writer.StatusLine(407);
        CopyOf(ToWire(Invite), writer);
        writer.Header(SipHeaderName.ProxyAuthenticate, "Digest realm=\"r\", nonce=\"1\", algorithm=SHA-512-256"u8);
        new DigestChallenge { Realm = "r"u8, Nonce = "2"u8, Algorithm = DigestAlgorithm.Sha256 }.Write(writer, SipHeaderName.ProxyAuthenticate);
        new DigestChallenge { Realm = "r"u8, Nonce = "3"u8, Algorithm = DigestAlgorithm.Md5 }.Write(writer, SipHeaderName.ProxyAuthenticate);
        writer.End();

        Assert.True(DigestChallenge.TryChoose(SipMessage.Parse(writer.Written.ToArray()), default, out var challenge));
        Assert.Equal("2", Text(challenge.Nonce));
    }

    [Fact]
    public void A_challenge_is_written_as_phones_expect_it()
    {
        var writer = new SipWriter();
        writer.StatusLine(401);
        new DigestChallenge { Realm = "r"u8, Nonce = "n"u8, Opaque = "o"u8, IsStale = true, Algorithm = DigestAlgorithm.Md5 }
            .Write(writer, SipHeaderName.WwwAuthenticate);

        Assert.EndsWith(
            "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", opaque=\"o\", stale=true, algorithm=MD5, qop=\"auth\"\r\n",
            Text(writer.Written),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_qop_in_the_challenge_the_answer_has_none()
    {
        var challenge = new DigestChallenge { Realm = "r"u8, Nonce = "n"u8, Algorithm = DigestAlgorithm.Md5 };
        var writer = new SipWriter();
        writer.RequestLine(SipMethod.Register, "sip:r"u8);
        DigestAnswer.Write(
            writer, SipHeaderName.Authorization, challenge, new() { UserName = "u"u8, Ha1 = new byte[16] }, "REGISTER"u8, "sip:r"u8);

        Assert.DoesNotContain("qop", Text(writer.Written), StringComparison.Ordinal);
        Assert.DoesNotContain("cnonce", Text(writer.Written), StringComparison.Ordinal);
    }

    [Fact]
    public void A_realm_that_would_break_its_quotes_is_refused()
    {
        var writer = new SipWriter();
        writer.StatusLine(401);

        Assert.Throws<ArgumentException>(() =>
            new DigestChallenge { Realm = "a\", x=\""u8, Nonce = "n"u8, Algorithm = DigestAlgorithm.Md5 }.Write(writer, SipHeaderName.WwwAuthenticate));
    }

    private SipMessage Challenge(DigestAlgorithm algorithm)
    {
        var writer = new SipWriter();
        writer.StatusLine(401);
        CopyOf(ToWire(Invite), writer);
        var nonce = _nonces.Create(stackalloc byte[NonceSource.NonceLength]).ToArray();
        new DigestChallenge { Realm = "example.com"u8, Nonce = nonce, Algorithm = algorithm, OffersAuth = true }
            .Write(writer, SipHeaderName.WwwAuthenticate);
        writer.End();
        return SipMessage.Parse(writer.Written.ToArray());
    }

    private static SipMessage Answer(SipMessage response, DigestAlgorithm algorithm, string password = "secret", uint count = 1)
    {
        Assert.True(DigestChallenge.TryChoose(response, "example.com"u8, out var challenge));
        var writer = new SipWriter();
        writer.RequestLine(SipMethod.Invite, "sip:bob@biloxi.example.com"u8);
        CopyOf(ToWire(Invite), writer);
        var client = new DigestClient
        {
            UserName = "alice"u8,
            Ha1 = Ha1(algorithm, password),
            ClientNonce = "c0ffee"u8,
            NonceCount = count,
        };
        DigestAnswer.Write(writer, SipHeaderName.Authorization, challenge, client, "INVITE"u8, "sip:bob@biloxi.example.com"u8);
        writer.End();
        return SipMessage.Parse(writer.Written.ToArray());
    }

    private DigestVerdict Judge(SipMessage request, DigestAlgorithm algorithm)
    {
        Assert.True(DigestCredentials.TryFind(request, SipHeaderName.Authorization, "example.com"u8, out var credentials));
        return _verifier.Verify(Ha1(algorithm, "secret"), request.MethodToken, credentials);
    }

    private static byte[] Ha1(DigestAlgorithm algorithm, string password)
    {
        var ha1 = new byte[algorithm.HashBytes()];
        DigestHa1.Compute(algorithm, "alice"u8, "example.com"u8, System.Text.Encoding.UTF8.GetBytes(password), ha1);
        return ha1;
    }

    private static void CopyOf(byte[] invite, SipWriter writer)
    {
        var message = SipMessage.Parse(invite);
        foreach (var name in (SipHeaderName[])[SipHeaderName.Via, SipHeaderName.From, SipHeaderName.To, SipHeaderName.CallId, SipHeaderName.CSeq])
            writer.CopyLines(message, name);
    }
}
