using System.Buffers;
using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Media.Tests.Sdp;

/// <summary>What holds for every body, well-formed or not.</summary>
public sealed class SdpProperties
{
    private static readonly LocalAudio Ours = new(IPAddress.Parse("203.0.113.5"), 20412, 20413);

    private static readonly string[] Lines =
    [
        "v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "t=0 0", "c=IN IP4 192.0.2.1", "c=IN IP6 2001:db8::1", "c=IN IP4 0.0.0.0",
        "m=audio 4000 RTP/AVP 0 101", "m=audio 0 RTP/AVPF 8", "m=audio 4002 RTP/SAVP 0", "m=video 4004 RTP/AVP 96", "m=image 9 udptl t38",
        "a=sendonly", "a=inactive", "a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-15", "a=rtcp:4007 IN IP4 192.0.2.2",
        "a=rtcp:", "a=rtpmap:", "a=rtpmap:0 /", "a=ptime:x", "a=", "b=AS:64", "x=y",
    ];

    [Fact]
    public void Reading_arbitrary_bytes_never_throws() =>
        Prop.ForAll<byte[]>(ReadsWithoutThrowing).QuickCheckThrowOnFailure();

    [Fact]
    public void Reading_a_mutated_description_never_throws() =>
        Prop.ForAll(Mutated().ToArbitrary(), ReadsWithoutThrowing).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_written_is_read_as_the_same() =>
        Prop.ForAll(Bodies().ToArbitrary(), body =>
        {
            if (!SessionDescription.TryParse(body, out var first, out _))
                return true;

            var once = Write(first);
            return SessionDescription.TryParse(once, out var second, out _)
                && Write(second).AsSpan().SequenceEqual(once)
                && second.Media.Length == first.Media.Length;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void However_many_lines_pass_they_fit() =>
        Prop.ForAll(Gen.Choose(0, SdpLimits.MaxLines - 3).ToArbitrary(), lines =>
        {
            var wordy = Encoding.ASCII.GetBytes("v=0\no=- 1 1 IN IP4 1.1.1.1\nm=audio 1 RTP/AVP 0\n" + string.Concat(Enumerable.Repeat("b=\n", lines)));
            var terse = "v=0\no=- 1 1 IN IP4 1.1.1.1\nm=audio 1 RTP/AVP 0"u8;
            Assert.True(SessionDescription.TryParse(wordy, out var answer, out var error), error.ToString());
            Assert.True(SessionDescription.TryParse(terse, out var offer, out _));
            return new SdpRewriter(1).TryRewriteAnswer(answer, offer, Ours, out var sdp, out _) && sdp.Length > 4 * lines;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_answer_has_as_many_media_as_its_offer() =>
        // RFC 3264 §6
        Prop.ForAll(Bodies().ToArbitrary(), Bodies().ToArbitrary(), (offerBody, answerBody) =>
        {
            if (!SessionDescription.TryParse(offerBody, out var offer, out _)
                || !SessionDescription.TryParse(answerBody, out var answer, out _)
                || !new SdpRewriter(1).TryRewriteAnswer(answer, offer, Ours, out var sdp, out _))
            {
                return true;
            }

            return SessionDescription.TryParse(sdp, out var ours, out _) && ours.Media.Length == offer.Media.Length;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_offer_passed_on_has_as_many_media_and_at_most_one_port() =>
        Prop.ForAll(Bodies().ToArbitrary(), body =>
        {
            if (!SessionDescription.TryParse(body, out var offer, out _)
                || !new SdpRewriter(1).TryRewriteOffer(offer, Ours, out var sdp, out _))
            {
                return true;
            }

            return SessionDescription.TryParse(sdp, out var ours, out _)
                && ours.Media.Length == offer.Media.Length
                && ours.Media.Count(m => m.Port != 0) <= 1;
        }).QuickCheckThrowOnFailure();

    private static bool ReadsWithoutThrowing(byte[] body)
    {
        if (!SessionDescription.TryParse(body, out var description, out _))
            return true;

        foreach (var media in description.Media)
        {
            foreach (var codec in media.Codecs)
                _ = (codec.Name.Length, codec.Channels, media.FormatParametersOf(codec.PayloadType).Length);
            _ = (media.PtimeMilliseconds, media.Direction, media.TryGetRtcp(out _, out _), media.Mid.Length);
        }

        if (RemoteAudio.Read(description, out _) == SdpRefusal.None)
            _ = new SdpRewriter(1).TryRewriteOffer(description, Ours, out _, out _);
        return true;
    }

    private static Gen<byte[]> Bodies() =>
        from lines in Gen.Elements(Lines).ListOf()
        from ending in Gen.Elements("\r\n", "\n")
        select Encoding.ASCII.GetBytes(string.Join(ending, (string[])["v=0", "o=- 1 1 IN IP4 192.0.2.1", .. lines]) + ending);

    private static Gen<byte[]> Mutated() =>
        from text in Gen.Elements(Descriptions.DeskPhone, Descriptions.VideoFirst, Descriptions.DeskPhoneAnswer)
        from changes in (from at in Gen.Choose(0, text.Length - 1) from value in Gen.Choose(0, 255) select (at, value)).ListOf()
        from cut in Gen.Choose(0, text.Length)
        select Mutate(text, changes, cut);

    private static byte[] Mutate(string text, IEnumerable<(int At, int Value)> changes, int cut)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        foreach (var (at, value) in changes)
            bytes[at] = (byte)value;

        return cut % 3 == 0 ? bytes[..cut] : bytes;
    }

    private static byte[] Write(SessionDescription description)
    {
        var output = new ArrayBufferWriter<byte>();
        description.WriteTo(output);
        return output.WrittenSpan.ToArray();
    }
}
