using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Media.Tests.Sdp;

/// <summary>What is answered where nobody else is: the echo and music tests, and announcements (RFC 3264 §6).</summary>
public sealed class LocalAnswerTests
{
    private static readonly LocalAudio Ours = new(IPAddress.Parse("203.0.113.5"), 20412, 20413);

    [Fact]
    public void A_desk_phone_is_answered_with_one_sound_and_its_events()
    {
        var expected = """
            v=0
            o=- 77 1 IN IP4 203.0.113.5
            s=-
            c=IN IP4 203.0.113.5
            t=0 0
            m=audio 20412 RTP/AVP 0 101
            a=rtpmap:0 PCMU/8000
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-15
            a=rtcp:20413
            a=sendrecv

            """.ReplaceLineEndings("\r\n");

        Assert.Equal(expected, Told(Descriptions.DeskPhone, isG711: true));
        Assert.Equal(expected, Told(Descriptions.DeskPhone, isG711: false));
    }

    [Fact]
    public void Every_line_of_the_offer_is_answered_and_only_its_audio_taken()
    {
        var told = Told(Descriptions.VideoFirst, isG711: true);

        Assert.Contains("m=video 0 RTP/AVP 96\r\nm=audio 20412 RTP/AVPF 0 126\r\n", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inactive", "inactive")]
    [InlineData("sendonly", "recvonly")]
    [InlineData("recvonly", "sendonly")]
    [InlineData("sendrecv", "sendrecv")]
    public void The_direction_is_what_the_offer_leaves(string offered, string answered) =>
        Assert.Contains($"a={answered}\r\n", Told(Descriptions.DeskPhone.Replace("sendrecv", offered, StringComparison.Ordinal), isG711: true), StringComparison.Ordinal);

    [Fact]
    public void Sound_that_is_no_G711_is_echoed_but_not_played_to()
    {
        var offer = Parse(Descriptions.DeskPhone.Replace("RTP/AVP 0 8 101", "RTP/AVP 13 9 101", StringComparison.Ordinal));

        Assert.False(LocalAnswer.TryAnswer(offer, isG711: true, out _));
        Assert.True(LocalAnswer.TryAnswer(offer, isG711: false, out var answer));
        // Comfort noise is no sound by itself.
        Assert.Equal("9 101", Encoding.ASCII.GetString(answer.Media[0].Formats));
    }

    [Fact]
    public void Events_of_another_clock_rate_than_the_sounds_are_left_out()
    {
        // RFC 4733 §2.1
        var offer = Parse(Descriptions.DeskPhone.Replace("telephone-event/8000", "telephone-event/48000", StringComparison.Ordinal));

        Assert.True(LocalAnswer.TryAnswer(offer, isG711: true, out var answer));

        Assert.Equal("0", Encoding.ASCII.GetString(answer.Media[0].Formats));
    }

    [Fact]
    public void A_line_that_is_switched_off_cannot_be_played_to() =>
        Assert.False(LocalAnswer.TryAnswer(
            Parse(Descriptions.DeskPhone.Replace("m=audio 40000", "m=audio 0", StringComparison.Ordinal)), isG711: false, out _));

    [Fact]
    public void Whatever_can_be_read_can_be_answered_or_not_but_never_fails() =>
        Prop.ForAll(
            Gen.Choose(0, Descriptions.VideoFirst.Length - 1).Two().ToArbitrary(),
            cut =>
            {
                // A piece of the text doubled or left out.
                var (from, to) = (Math.Min(cut.Item1, cut.Item2), Math.Max(cut.Item1, cut.Item2));
                string[] texts =
                [
                    Descriptions.VideoFirst.Remove(from, to - from),
                    Descriptions.VideoFirst.Insert(to, Descriptions.VideoFirst[from..to]),
                ];
                foreach (var text in texts)
                {
                    if (SessionDescription.TryParse(Encoding.ASCII.GetBytes(text), out var offer, out _))
                        _ = LocalAnswer.TryAnswer(offer, isG711: from % 2 == 0, out _);
                }
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_hold_that_sends_nothing_is_told_as_one_that_sends_where_there_is_music()
    {
        // RFC 3264 §8.4: what the party on hold gets to hear comes from us.
        var rewriter = new SdpRewriter(77) { PlaysOnHold = true };
        var hold = Parse(Descriptions.DeskPhone.Replace("sendrecv", "inactive", StringComparison.Ordinal));
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
            a=sendonly

            """.ReplaceLineEndings("\r\n");

        Assert.True(rewriter.TryRewriteOffer(hold, Ours, out var sdp, out _));

        Assert.Equal(expected, Encoding.ASCII.GetString(sdp));
        Assert.True(rewriter.TryRewriteOffer(Parse(Descriptions.DeskPhone), Ours, out sdp, out _));
        Assert.Contains("o=- 77 2 ", Encoding.ASCII.GetString(sdp), StringComparison.Ordinal);
        Assert.Contains("a=sendrecv\r\n", Encoding.ASCII.GetString(sdp), StringComparison.Ordinal);
    }

    private static string Told(string offer, bool isG711)
    {
        var read = Parse(offer);
        Assert.True(LocalAnswer.TryAnswer(read, isG711, out var answer));
        Assert.True(new SdpRewriter(77).TryRewriteAnswer(answer, read, Ours, out var sdp, out var refusal), refusal.ToString());
        return Encoding.ASCII.GetString(sdp);
    }

    private static SessionDescription Parse(string text)
    {
        Assert.True(SessionDescription.TryParse(Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\r\n")), out var description, out var error), error.ToString());
        return description;
    }
}
