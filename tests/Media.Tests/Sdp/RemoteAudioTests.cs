using System.Net;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Media.Tests.Sdp;

/// <summary>What a description says about a party's audio.</summary>
public sealed class RemoteAudioTests
{
    [Fact]
    public void Rtcp_is_wanted_at_the_port_above_rtp_unless_said_otherwise()
    {
        // RFC 3605 §2.1
        Assert.Equal(IPEndPoint.Parse("192.0.2.10:40001"), Read(Descriptions.DeskPhone).Rtcp);
        Assert.Equal(IPEndPoint.Parse("192.0.2.12:40009"), Read(Descriptions.VideoFirst).Rtcp);
    }

    [Theory]
    [InlineData("a=sendrecv", MediaDirection.SendRecv, false)]
    [InlineData("a=sendonly", MediaDirection.SendOnly, true)]
    [InlineData("a=recvonly", MediaDirection.RecvOnly, false)]
    [InlineData("a=inactive", MediaDirection.Inactive, true)]
    public void A_direction_says_whether_the_party_holds(string line, MediaDirection direction, bool isHolding)
    {
        var audio = Read(Descriptions.DeskPhone.Replace("a=sendrecv", line));

        Assert.Equal((direction, isHolding), (audio.Direction, audio.IsHolding));
    }

    [Theory]
    [InlineData("a=sendrecv", MediaDirection.SendOnly)]
    [InlineData("a=recvonly", MediaDirection.Inactive)]
    public void An_address_of_zero_is_a_hold(string line, MediaDirection expected)
    {
        // RFC 3264 §8.4
        var audio = Read(Descriptions.DeskPhone.Replace("c=IN IP4 192.0.2.10", "c=IN IP4 0.0.0.0").Replace("a=sendrecv", line));

        Assert.Equal((null, expected), (audio.Rtp, audio.Direction));
    }

    [Fact]
    public void The_sessions_direction_holds_where_the_medium_says_nothing()
    {
        // RFC 8866 §6.7
        var audio = Read(Descriptions.DeskPhone.Replace("a=sendrecv", "").Replace("t=0 0", "t=0 0\na=inactive"));

        Assert.Equal(MediaDirection.Inactive, audio.Direction);
    }

    [Fact]
    public void A_line_with_port_zero_is_rejected() =>
        Assert.True(Read(Descriptions.DeskPhone.Replace("40000", "0")) is { IsRejected: true, IsHolding: false, Direction: MediaDirection.Inactive, Rtp: null });

    [Fact]
    public void Dtmf_at_eight_kilohertz_is_preferred()
    {
        var audio = Read(Descriptions.DeskPhone
            .Replace("0 8 101", "0 110 101")
            .Replace("a=ptime:20", "a=rtpmap:110 telephone-event/48000"));

        Assert.Equal((byte)101, audio.TelephoneEventPayloadType);
    }

    [Theory]
    [InlineData("0 8 101", "PCMU")]
    [InlineData("101 8", "PCMA")]
    [InlineData("96 8", "x-own")]
    [InlineData("97", "")]
    [InlineData("101", null)]
    public void The_codec_is_the_best_one_that_is_sound(string formats, string? expected) =>
        Assert.Equal(expected, Read(Descriptions.DeskPhone.Replace("0 8 101", formats).Replace("a=ptime:20", "a=rtpmap:96 x-own/8000")).CodecName);

    [Theory]
    [InlineData("RTP/SAVP", SdpRefusal.SecureAudioOnly)]
    [InlineData("UDP/TLS/RTP/SAVPF", SdpRefusal.SecureAudioOnly)]
    [InlineData("TCP/RTP/AVP", SdpRefusal.UnsupportedTransport)]
    public void A_transport_not_spoken_is_refused(string protocol, SdpRefusal expected)
    {
        var description = Descriptions.Parse(Descriptions.DeskPhone.Replace("RTP/AVP", protocol));

        Assert.Equal(expected, RemoteAudio.Read(description, out _));
    }

    [Fact]
    public void A_description_without_audio_is_refused()
    {
        var description = Descriptions.Parse(Descriptions.DeskPhone.Replace("m=audio", "m=video"));

        Assert.Equal(SdpRefusal.NoAudio, RemoteAudio.Read(description, out _));
    }

    [Fact]
    public void Plain_audio_beside_secure_audio_is_taken()
    {
        var description = Descriptions.Parse(
            Descriptions.DeskPhone.Replace("m=audio 40000", "m=audio 39000 RTP/SAVP 0\nm=audio 40000"));

        Assert.Equal(SdpRefusal.None, RemoteAudio.Read(description, out var audio));
        Assert.Equal(40000, audio!.Rtp!.Port);
    }

    /// <summary>RFC 3264 §6.1: what is sent is listed in the offer and in its answer; by the offerer's number.</summary>
    [Theory]
    [InlineData("111 97 8", null, 97)]
    [InlineData("111 97 8", "111 0 8", 97)]
    [InlineData("111 97 8", "111 8", 8)]
    [InlineData("111 97 8", "111", null)]
    [InlineData("111", null, null)]
    public void G711_is_sent_by_what_both_lists_have(string said, string? answered, int? payloadType)
    {
        static RemoteAudio Of(string formats) => Read(
            $"v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\nm=audio 4000 RTP/AVP {formats}\na=rtpmap:111 opus/48000/2\na=rtpmap:97 PCMU/8000\n");

        Assert.Equal(payloadType, Of(said).FindG711(answered is null ? null : Of(answered))?.PayloadType);
    }

    private static RemoteAudio Read(string text)
    {
        Assert.Equal(SdpRefusal.None, RemoteAudio.Read(Descriptions.Parse(text), out var audio));
        return audio!;
    }
}
