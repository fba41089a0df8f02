using System.Text;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Media.Tests.Sdp;

/// <summary>What a party that is transferred would offer the target, by what it said before.</summary>
public sealed class PartyOfferTests
{
    [Theory]
    [InlineData("sendrecv")]
    [InlineData("inactive")]
    [InlineData("recvonly")]
    public void It_has_the_partys_formats_both_ways_and_nothing_of_where_it_is(string direction)
    {
        // RFC 3264 §8.4: a hold is between the two that agreed on it.
        var said = Descriptions.Parse(Descriptions.DeskPhone.Replace("sendrecv", direction, StringComparison.Ordinal));

        Assert.True(PartyOffer.TryMake(said, out var offer));

        Assert.Equal(SdpRefusal.None, RemoteAudio.Read(offer, out var audio));
        Assert.Equal(MediaDirection.SendRecv, audio!.Direction);
        Assert.Equal(Numbers(said), Numbers(offer));
        Assert.DoesNotContain("candidate", Encoding.ASCII.GetString(offer.Bytes.Span), StringComparison.Ordinal);
        Assert.DoesNotContain("crypto", Encoding.ASCII.GetString(offer.Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_lines_are_the_partys_of_which_the_audio_alone_is_offered()
    {
        // RFC 3264 §8: an m= line once in the session stays where it is.
        Assert.True(PartyOffer.TryMake(Descriptions.Parse(Descriptions.VideoFirst), out var offer));

        Assert.Equal([MediaKind.Video, MediaKind.Audio, MediaKind.Image], offer.Media.Select(media => media.Kind));
        Assert.Equal(0, offer.Media[0].Port);
        Assert.NotEqual(0, offer.Media[1].Port);
        Assert.Equal("RTP/AVP", Encoding.ASCII.GetString(offer.Media[1].ProtocolName));
    }

    [Fact]
    public void Without_audio_there_is_none()
    {
        var said = Descriptions.Parse("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 0 RTP/AVP 0\r\n");

        Assert.False(PartyOffer.TryMake(said, out _));
    }

    private static string Numbers(SessionDescription description) =>
        RemoteAudio.Read(description, out var audio) == SdpRefusal.None ? Encoding.ASCII.GetString(audio!.Media!.Formats) : "";
}
