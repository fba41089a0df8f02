using System.Net;
using System.Text;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Tests.Sdp;

/// <summary>Keys agreed on leg by leg: RFC 4568 §5.1 and §7.1, RFC 8643.</summary>
public sealed class SdesExchangeTests
{
    private const string KeyA = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
    private const string KeyB = "d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj";

    private static readonly LocalAudio Ours = new(IPAddress.Parse("203.0.113.5"), 20412, 20413);

    [Fact]
    public void A_plain_leg_is_offered_no_key() =>
        Assert.DoesNotContain("crypto", Offer(new SdpRewriter(1)), StringComparison.Ordinal);

    [Theory]
    [InlineData(EncryptionWish.Preferred, "m=audio 20412 RTP/AVP 0 8 101")]
    [InlineData(EncryptionWish.Required, "m=audio 20412 RTP/SAVP 0 8 101")]
    public void Every_profile_is_offered_the_common_one_first(EncryptionWish wish, string line)
    {
        var offer = Offer(new SdpRewriter(1, wish));

        Assert.Contains(line + "\r\n", offer, StringComparison.Ordinal);
        Assert.Equal(
            ["AES_CM_128_HMAC_SHA1_80", "AEAD_AES_256_GCM", "AEAD_AES_128_GCM", "AES_CM_128_HMAC_SHA1_32"],
            Cryptos(offer).Select(crypto => crypto.Split(' ')[1]));
    }

    [Fact]
    public void Suites_that_were_chosen_are_offered_in_their_order_and_no_others_taken()
    {
        var rewriter = new SdpRewriter(1, EncryptionWish.Required, [SrtpProfile.AeadAes256Gcm, SrtpProfile.AesCm128HmacSha1Tag32]);

        Assert.Equal(["1 AEAD_AES_256_GCM", "2 AES_CM_128_HMAC_SHA1_32"], Cryptos(Offer(rewriter)).Select(crypto => crypto.Split(" inline:")[0]));

        Assert.False(rewriter.HearAnswer(Said("RTP/SAVP", $"1 AES_CM_128_HMAC_SHA1_80 inline:{KeyA}")));
        Assert.False(rewriter.MayHearOffer(Said("RTP/SAVP", $"1 AES_CM_128_HMAC_SHA1_80 inline:{KeyA}")));
        Assert.True(rewriter.HearAnswer(Said("RTP/SAVP", $"2 AES_CM_128_HMAC_SHA1_32 inline:{KeyA}")));
        Assert.Equal(SrtpProfile.AesCm128HmacSha1Tag32, rewriter.Keys?.Theirs.Profile);
    }

    [Fact]
    public void Of_an_offer_the_first_line_that_was_chosen_is_taken()
    {
        // RFC 4568 §5.1.2
        var rewriter = new SdpRewriter(1, suites: [SrtpProfile.AesCm128HmacSha1Tag32]);

        Assert.True(rewriter.HearOffer(Said("RTP/SAVP", $"1 AES_CM_128_HMAC_SHA1_80 inline:{KeyA}", $"2 AES_CM_128_HMAC_SHA1_32 inline:{KeyB}")));

        Assert.Equal(SrtpProfile.AesCm128HmacSha1Tag32, rewriter.Keys?.Ours.Profile);
        Assert.Equal(KeyB, Convert.ToBase64String(rewriter.Keys!.Theirs.Bytes));
    }

    [Fact]
    public void The_answers_line_decides_both_keys()
    {
        var rewriter = new SdpRewriter(1, EncryptionWish.Preferred);
        var ours = Cryptos(Offer(rewriter))[3].Split("inline:")[1];

        Assert.True(rewriter.HearAnswer(Said("RTP/AVP", $"4 AES_CM_128_HMAC_SHA1_32 inline:{KeyA}")));

        Assert.Equal(SrtpProfile.AesCm128HmacSha1Tag32, rewriter.Keys?.Ours.Profile);
        Assert.Equal(KeyA, Convert.ToBase64String(rewriter.Keys!.Theirs.Bytes));
        Assert.Equal(ours, Convert.ToBase64String(rewriter.Keys.Ours.Bytes));
    }

    [Theory]
    [InlineData(EncryptionWish.Preferred, true)]
    [InlineData(EncryptionWish.Required, false)]
    public void An_answer_without_keys_is_plain_or_refused(EncryptionWish wish, bool isTaken)
    {
        var rewriter = new SdpRewriter(1, wish);
        _ = Offer(rewriter);

        Assert.Equal(isTaken, rewriter.HearAnswer(Said("RTP/AVP")));
        Assert.Null(rewriter.Keys);
    }

    [Theory]
    [InlineData("1 AES_CM_128_HMAC_SHA1_32 inline:" + KeyA)]
    [InlineData("9 AES_CM_128_HMAC_SHA1_80 inline:" + KeyA)]
    public void An_answer_by_a_line_that_was_not_offered_is_refused(string crypto)
    {
        var rewriter = new SdpRewriter(1, EncryptionWish.Required);
        _ = Offer(rewriter);

        Assert.False(rewriter.HearAnswer(Said("RTP/SAVP", crypto)));
    }

    [Fact]
    public void A_key_in_the_answer_to_a_plain_offer_is_passed_over()
    {
        var rewriter = new SdpRewriter(1);
        _ = Offer(rewriter);

        Assert.True(rewriter.HearAnswer(Said("RTP/AVP", "1 AES_CM_128_HMAC_SHA1_80 inline:" + KeyA)));
        Assert.Null(rewriter.Keys);
    }

    [Fact]
    public void Who_encrypts_does_not_turn_plain_by_an_answer()
    {
        var rewriter = new SdpRewriter(1);
        Assert.True(rewriter.HearOffer(Said("RTP/SAVP", "1 AES_CM_128_HMAC_SHA1_80 inline:" + KeyA)));
        var before = rewriter.Keys;
        _ = Offer(rewriter);

        Assert.False(rewriter.HearAnswer(Said("RTP/AVP")));
        Assert.Same(before, rewriter.Keys);
    }

    [Theory]
    [InlineData(EncryptionWish.Off, "RTP/AVP", null, true)]
    [InlineData(EncryptionWish.Preferred, "RTP/AVP", null, true)]
    [InlineData(EncryptionWish.Required, "RTP/AVP", null, false)]
    [InlineData(EncryptionWish.Required, "RTP/AVP", KeyA, true)]
    [InlineData(EncryptionWish.Off, "RTP/SAVP", null, false)]
    [InlineData(EncryptionWish.Off, "RTP/SAVP", KeyA, true)]
    public void Whether_an_offer_can_be_agreed_to_is_known_beforehand(EncryptionWish wish, string protocol, string? key, bool may)
    {
        var offer = key is null ? Said(protocol) : Said(protocol, "1 AES_CM_128_HMAC_SHA1_80 inline:" + key);
        var rewriter = new SdpRewriter(1, wish);

        Assert.Equal(may, rewriter.MayHearOffer(offer));
        Assert.Null(rewriter.Keys);
        Assert.Equal(may, rewriter.HearOffer(offer));
    }

    [Fact]
    public void A_line_that_is_switched_off_changes_no_key()
    {
        var rewriter = new SdpRewriter(1, EncryptionWish.Required);
        Assert.True(rewriter.HearOffer(Said("RTP/SAVP", "1 AES_CM_128_HMAC_SHA1_80 inline:" + KeyA)));
        var before = rewriter.Keys;

        Assert.True(rewriter.HearOffer(Descriptions.Parse(Descriptions.DeskPhone.Replace("m=audio 40000", "m=audio 0"))));
        Assert.Same(before, rewriter.Keys);
    }

    [Theory]
    [InlineData(EncryptionWish.Off)]
    [InlineData(EncryptionWish.Required)]
    public void An_encrypted_offer_is_answered_in_kind_by_its_first_usable_line(EncryptionWish wish)
    {
        var rewriter = new SdpRewriter(1, wish);
        var offer = Said(
            "RTP/SAVP",
            "1 F8_128_HMAC_SHA1_80 inline:" + KeyA,
            "7 AES_CM_128_HMAC_SHA1_32 inline:" + KeyB,
            "8 AES_CM_128_HMAC_SHA1_80 inline:" + KeyA);

        Assert.True(rewriter.HearOffer(offer));
        var answer = Answer(rewriter, offer);

        Assert.Contains("m=audio 20412 RTP/SAVP 8 101\r\n", answer, StringComparison.Ordinal);
        Assert.StartsWith("7 AES_CM_128_HMAC_SHA1_32 inline:", Assert.Single(Cryptos(answer)), StringComparison.Ordinal);
        Assert.Equal(KeyB, Convert.ToBase64String(rewriter.Keys!.Theirs.Bytes));
        Assert.EndsWith(Convert.ToBase64String(rewriter.Keys.Ours.Bytes), Cryptos(answer)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_identifier_names_their_key_and_not_ours()
    {
        // RFC 4568 §6.1: each line's identifier is of the packets that its writer sends.
        var rewriter = new SdpRewriter(1);
        var offer = Said("RTP/SAVP", "1 AES_CM_128_HMAC_SHA1_80 inline:" + KeyA + "|2^20|1:4");

        Assert.True(rewriter.HearOffer(offer));
        var answer = Assert.Single(Cryptos(Answer(rewriter, offer)));

        Assert.DoesNotContain('|', answer);
        Assert.Equal([0, 0, 0, 1], rewriter.Keys!.Theirs.Identifier.ToArray());
        Assert.True(rewriter.Keys.Ours.Identifier.IsEmpty);
    }

    [Theory]
    [InlineData(EncryptionWish.Off, 0)]
    [InlineData(EncryptionWish.Preferred, 1)]
    public void Keys_beside_plain_RTP_are_taken_where_encryption_is_wished_for(EncryptionWish wish, int lines)
    {
        var rewriter = new SdpRewriter(1, wish);
        var offer = Said("RTP/AVP", "1 AES_CM_128_HMAC_SHA1_80 inline:" + KeyA);

        Assert.True(rewriter.HearOffer(offer));
        var answer = Answer(rewriter, offer);

        Assert.Equal(lines, Cryptos(answer).Count);
        Assert.Equal(lines == 1, rewriter.Keys is not null);
        Assert.Contains("RTP/AVP", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plain_offer_where_encryption_is_required_is_refused() =>
        Assert.False(new SdpRewriter(1, EncryptionWish.Required).HearOffer(Said("RTP/AVP")));

    [Fact]
    public void An_encrypted_offer_without_a_usable_line_is_refused() =>
        Assert.False(new SdpRewriter(1).HearOffer(Said("RTP/SAVP", "1 F8_128_HMAC_SHA1_80 inline:" + KeyA)));

    [Fact]
    public void Of_an_encrypted_and_a_plain_line_the_encrypted_one_is_answered()
    {
        var offer = Descriptions.Parse(
            Descriptions.DeskPhone + "\nm=audio 40002 RTP/SAVP 8\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + KeyA);
        var rewriter = new SdpRewriter(1);
        Assert.True(rewriter.HearOffer(offer));

        // What the other leg answers to our offer with the same lines.
        Assert.True(rewriter.TryRewriteAnswer(
            Descriptions.Parse(Descriptions.DeskPhoneAnswer.Replace("m=audio", "m=audio 0 RTP/AVP 0\nm=audio")), offer, Ours, out var sdp, out _));
        var answer = Encoding.ASCII.GetString(sdp);

        Assert.Contains("m=audio 0 RTP/AVP 0 8 101\r\nm=audio 20412 RTP/SAVP 8 101\r\n", answer, StringComparison.Ordinal);
        Assert.Single(Cryptos(answer));
    }

    [Fact]
    public void An_agreement_is_repeated_and_another_key_of_theirs_does_not_change_ours()
    {
        var rewriter = new SdpRewriter(1);
        Assert.True(rewriter.HearOffer(Said("RTP/SAVP", "3 AES_CM_128_HMAC_SHA1_80 inline:" + KeyA)));
        var before = rewriter.Keys!;

        var again = Offer(rewriter);
        Assert.Contains("RTP/SAVP", again, StringComparison.Ordinal);
        Assert.EndsWith(Convert.ToBase64String(before.Ours.Bytes), Assert.Single(Cryptos(again)), StringComparison.Ordinal);

        Assert.True(rewriter.HearOffer(Said("RTP/SAVP", "1 AES_CM_128_HMAC_SHA1_80 inline:" + KeyB)));
        Assert.True(rewriter.Keys!.Ours.IsSameAs(before.Ours));
        Assert.False(rewriter.Keys.Theirs.IsSameAs(before.Theirs));
    }

    [Fact]
    public void After_plain_RTP_our_key_is_another()
    {
        var rewriter = new SdpRewriter(1);
        Assert.True(rewriter.HearOffer(Said("RTP/SAVP", "1 AES_CM_128_HMAC_SHA1_80 inline:" + KeyA)));
        var before = rewriter.Keys!;
        Assert.True(rewriter.HearOffer(Said("RTP/AVP")));
        Assert.Null(rewriter.Keys);

        Assert.True(rewriter.HearOffer(Said("RTP/SAVP", "1 AES_CM_128_HMAC_SHA1_80 inline:" + KeyA)));

        Assert.False(rewriter.Keys!.Ours.IsSameAs(before.Ours));
    }

    private static SessionDescription Said(string protocol, params string[] cryptos) => Descriptions.Parse(
        Descriptions.DeskPhone.Replace("RTP/AVP", protocol, StringComparison.Ordinal)
        + string.Concat(cryptos.Select(crypto => "\na=crypto:" + crypto)));

    private static string Offer(SdpRewriter rewriter)
    {
        Assert.True(rewriter.TryRewriteOffer(Descriptions.Parse(Descriptions.DeskPhone), Ours, out var sdp, out var refusal), refusal.ToString());
        return Encoding.ASCII.GetString(sdp);
    }

    private static string Answer(SdpRewriter rewriter, SessionDescription offer)
    {
        Assert.True(rewriter.TryRewriteAnswer(Descriptions.Parse(Descriptions.DeskPhoneAnswer), offer, Ours, out var sdp, out var refusal), refusal.ToString());
        return Encoding.ASCII.GetString(sdp);
    }

    private static List<string> Cryptos(string description) =>
        [.. description.Split("\r\n").Where(line => line.StartsWith("a=crypto:", StringComparison.Ordinal)).Select(line => line["a=crypto:".Length..])];
}
