using System.Net;
using System.Text;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Media.Tests.Sdp;

/// <summary>What each leg is told of the other (RFC 3264).</summary>
public sealed class SdpRewriterTests
{
    private static readonly LocalAudio Ours = new(IPAddress.Parse("203.0.113.5"), 20412, 20413);

    [Fact]
    public void A_desk_phones_offer_goes_out_with_our_addresses()
    {
        var expected = """
            v=0
            o=- 77 1 IN IP4 203.0.113.5
            s=-
            c=IN IP4 203.0.113.5
            t=0 0
            m=audio 20412 RTP/AVP 0 8 101
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-15
            a=ptime:20
            a=rtcp:20413
            a=sendrecv

            """.ReplaceLineEndings("\r\n");

        Assert.Equal(expected, Offer(new SdpRewriter(77), Descriptions.DeskPhone));
    }

    [Fact]
    public void What_a_plain_leg_does_not_know_is_not_offered_to_it()
    {
        var expected = """
            v=0
            o=- 77 1 IN IP4 203.0.113.5
            s=-
            c=IN IP4 203.0.113.5
            t=0 0
            m=video 0 RTP/AVP 96
            m=audio 20412 RTP/AVP 0 126
            b=AS:80
            a=rtpmap:0 PCMU/8000
            a=rtpmap:126 telephone-event/8000
            a=fmtp:126 0-16
            a=rtcp:20413
            a=sendonly
            m=image 0 udptl t38

            """.ReplaceLineEndings("\r\n");

        Assert.Equal(expected, Offer(new SdpRewriter(77), Descriptions.VideoFirst));
    }

    [Fact]
    public void An_answer_has_the_offers_lines_in_the_offers_order()
    {
        // RFC 3264 §6: also when the answerer left lines out behind the audio, and with the offer's transport and payload types
        var answer = Descriptions.DeskPhoneAnswer.Replace("m=audio", "m=video 0 RTP/AVP 96\nm=audio");

        Assert.Equal(
            ["m=video 0 RTP/AVP 96", "m=audio 20412 RTP/AVPF 8 126", "m=image 0 udptl t38"],
            MediaLines(Answer(new SdpRewriter(1), answer, Descriptions.VideoFirst)));
    }

    [Fact]
    public void A_leg_on_ipv6_is_told_an_ipv6_address()
    {
        var local = Ours with { Address = IPAddress.Parse("2001:db8::5") };
        Assert.True(new SdpRewriter(1).TryRewriteOffer(Descriptions.Parse(Descriptions.DeskPhone), local, out var sdp, out _));

        Assert.Contains("c=IN IP6 2001:db8::5\r\n", Encoding.ASCII.GetString(sdp), StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_rises_only_when_something_changed()
    {
        // RFC 3264 §8
        var rewriter = new SdpRewriter(77);
        var held = Descriptions.DeskPhone.Replace("sendrecv", "sendonly");
        string[] offers = [Descriptions.DeskPhone, Descriptions.DeskPhone, held, Descriptions.DeskPhone];

        Assert.Equal([1, 1, 2, 3], offers.Select(o => Version(Offer(rewriter, o))));
    }

    [Fact]
    public void What_is_taken_over_without_being_told_raises_no_version()
    {
        // RFC 3264 §8
        var rewriter = new SdpRewriter(77);
        var first = Version(Offer(rewriter, Descriptions.DeskPhone));

        Assert.True(rewriter.TryTranslate(Descriptions.Parse(Descriptions.DeskPhoneAnswer), Descriptions.Parse(Descriptions.DeskPhone), Ours));

        Assert.Equal(first + 1, Version(Offer(rewriter, Descriptions.DeskPhone.Replace("sendrecv", "sendonly"))));
    }

    [Fact]
    public void A_provisional_answer_and_the_final_one_are_the_same_bytes()
    {
        var rewriter = new SdpRewriter(77);

        Assert.Equal(
            Answer(rewriter, Descriptions.DeskPhoneAnswer, Descriptions.DeskPhone),
            Answer(rewriter, Descriptions.DeskPhoneAnswer, Descriptions.DeskPhone));
    }

    [Fact]
    public void A_hold_by_an_address_of_zero_becomes_a_direction()
    {
        // RFC 3264 §8.4
        var offer = Offer(new SdpRewriter(1), Descriptions.DeskPhone.Replace("c=IN IP4 192.0.2.10", "c=IN IP4 0.0.0.0"));

        Assert.Contains("a=sendonly\r\n", offer, StringComparison.Ordinal);
        Assert.DoesNotContain("0.0.0.0", offer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sendonly", "sendrecv", "recvonly")]
    [InlineData("sendonly", "recvonly", "recvonly")]
    [InlineData("inactive", "sendrecv", "inactive")]
    [InlineData("recvonly", "sendrecv", "sendonly")]
    [InlineData("sendrecv", "sendonly", "sendonly")]
    [InlineData("sendonly", "sendonly", "inactive")]
    public void An_answer_never_gives_what_the_offer_did_not_take(string offered, string answered, string expected)
    {
        // RFC 3264 §6.1
        var offer = Descriptions.DeskPhone.Replace("sendrecv", offered);
        var answer = Answer(new SdpRewriter(1), Descriptions.DeskPhoneAnswer + "\na=" + answered, offer);

        Assert.Contains($"a={expected}\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_once_in_the_session_stays_in_later_offers()
    {
        // RFC 3264 §8
        var rewriter = new SdpRewriter(1);
        Offer(rewriter, Descriptions.DeskPhone + "\nm=video 40002 RTP/AVP 96");

        Assert.Equal(
            ["m=audio 20412 RTP/AVP 0 8 101", "m=video 0 RTP/AVP 96"], MediaLines(Offer(rewriter, Descriptions.DeskPhone)));
    }

    [Fact]
    public void An_answer_that_rejects_the_audio_is_passed_as_a_rejection() =>
        Assert.Equal(
            ["m=audio 0 RTP/AVP 8 101"],
            MediaLines(Answer(new SdpRewriter(1), Descriptions.DeskPhoneAnswer.Replace("5004", "0"), Descriptions.DeskPhone)));

    [Theory]
    [InlineData("RTP/SAVP")]
    [InlineData("UDP/TLS/RTP/SAVPF")]
    public void A_secure_offer_is_refused_for_now(string protocol)
    {
        var offer = Descriptions.Parse(Descriptions.DeskPhone.Replace("RTP/AVP", protocol));

        Assert.False(new SdpRewriter(1).TryRewriteOffer(offer, Ours, out _, out var refusal));
        Assert.Equal(SdpRefusal.SecureAudioOnly, refusal);
    }

    [Theory]
    [InlineData("m=audio 5004 RTP/SAVP 8")]
    [InlineData("m=video 5004 RTP/AVP 8")]
    [InlineData("a=nothing")]
    public void An_answer_that_does_not_fit_is_refused(string line)
    {
        var answer = Descriptions.Parse("v=0\no=- 1 1 IN IP4 192.0.2.1\n" + line);
        var offer = Descriptions.Parse(Descriptions.DeskPhone);

        Assert.False(new SdpRewriter(1).TryRewriteAnswer(answer, offer, Ours, out _, out var refusal));
        Assert.Equal(SdpRefusal.AnswerMismatch, refusal);
    }

    private static string Offer(SdpRewriter rewriter, string offer)
    {
        Assert.True(rewriter.TryRewriteOffer(Descriptions.Parse(offer), Ours, out var sdp, out var refusal), refusal.ToString());
        return Encoding.Latin1.GetString(sdp);
    }

    private static string Answer(SdpRewriter rewriter, string answer, string offer)
    {
        Assert.True(
            rewriter.TryRewriteAnswer(Descriptions.Parse(answer), Descriptions.Parse(offer), Ours, out var sdp, out var refusal),
            refusal.ToString());
        return Encoding.Latin1.GetString(sdp);
    }

    private static string[] MediaLines(string sdp) => [.. sdp.Split("\r\n").Where(l => l.StartsWith("m=", StringComparison.Ordinal))];

    private static int Version(string sdp) => int.Parse(sdp.Split("\r\n")[1].Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
}
