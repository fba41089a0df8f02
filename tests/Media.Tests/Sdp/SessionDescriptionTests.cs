using System.Buffers;
using System.Net;
using System.Text;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Media.Tests.Sdp;

/// <summary>Reading of session descriptions (RFC 8866).</summary>
public sealed class SessionDescriptionTests
{
    private const string Head = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\n";

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void A_description_is_read_with_either_line_end(string lineEnd)
    {
        var description = Descriptions.Parse(Descriptions.DeskPhone.Replace("\n", lineEnd));

        Assert.Equal(40000, Assert.Single(description.Media).Port);
    }

    [Theory]
    [InlineData("", SdpError.Empty)]
    [InlineData("\r\n\r\n", SdpError.Empty)]
    [InlineData("v=1\r\no=- 1 1 IN IP4 192.0.2.1\r\n", SdpError.BadVersion)]
    [InlineData("o=- 1 1 IN IP4 192.0.2.1\r\nv=0\r\n", SdpError.BadVersion)]
    [InlineData("v=0\r\ns=-\r\n", SdpError.BadOrigin)]
    [InlineData("v=0\r\no=- 1 1 IN IP4\r\n", SdpError.BadOrigin)]
    [InlineData(Head + "c=IN IP5 192.0.2.1\r\n", SdpError.BadConnection)]
    [InlineData(Head + "c=IN IP4\r\n", SdpError.BadConnection)]
    [InlineData(Head + "c=IN IP4 192.0.2.1 x\r\n", SdpError.BadConnection)]
    [InlineData(Head + "m=audio 1 RTP/AVP\r\n", SdpError.BadMedia)]
    [InlineData(Head + "m=audio x RTP/AVP 0\r\n", SdpError.BadMedia)]
    [InlineData(Head + "m=audio 65536 RTP/AVP 0\r\n", SdpError.BadMedia)]
    [InlineData(Head + "m=audio -1 RTP/AVP 0\r\n", SdpError.BadMedia)]
    [InlineData(Head + "m=\r\n", SdpError.BadMedia)]
    [InlineData(Head + "attribute\r\n", SdpError.BadLine)]
    [InlineData(Head + " a=folded\r\n", SdpError.BadLine)]
    [InlineData(Head + "a=one\rtwo\r\n", SdpError.BadLine)]
    [InlineData(Head + "a=nul\0\r\n", SdpError.BadLine)]
    [InlineData(Head + "a=twice\r\r\n", SdpError.BadLine)]
    [InlineData(Head + "a=nul\0", SdpError.BadLine)]
    [InlineData(Head + "a=one\rtwo", SdpError.BadLine)]
    public void A_malformed_description_is_refused_with_its_reason(string text, SdpError expected) =>
        Assert.Equal(expected, Descriptions.ErrorOf(text));

    [Fact]
    public void A_line_beyond_the_limit_is_refused() =>
        Assert.Equal(SdpError.LineTooLong, Descriptions.ErrorOf(Head + "a=" + new string('x', SdpLimits.MaxLineBytes)));

    [Fact]
    public void Lines_beyond_the_limit_are_refused() =>
        Assert.Equal(SdpError.TooManyLines, Descriptions.ErrorOf(Head + Repeat("a=x\n", SdpLimits.MaxLines)));

    [Fact]
    public void A_body_beyond_the_limit_is_refused() =>
        Assert.Equal(SdpError.TooLong, Descriptions.ErrorOf(Head + new string('\n', SdpLimits.MaxBytes)));

    [Fact]
    public void Media_beyond_the_limit_are_refused() =>
        Assert.Equal(SdpError.TooManyMedia, Descriptions.ErrorOf(Head + Repeat("m=audio 1 RTP/AVP 0\n", SdpLimits.MaxMedia + 1)));

    [Fact]
    public void Formats_beyond_the_limit_are_refused() =>
        Assert.Equal(SdpError.TooManyMedia, Descriptions.ErrorOf(Head + "m=audio 1 RTP/AVP" + Repeat(" 0", SdpLimits.MaxFormats + 1)));

    [Fact]
    public void Unknown_lines_are_kept_when_it_is_written()
    {
        var text = Head + "y=what\r\nm=audio 1 RTP/AVP 0\r\nz=0 0\r\na=x-new:1\r\n";

        Assert.Equal(text, Written(Descriptions.Parse(text)));
    }

    [Fact]
    public void A_medium_without_a_connection_has_the_sessions()
    {
        var media = Descriptions.Parse(Descriptions.VideoFirst).Media;

        Assert.Equal(IPAddress.Parse("192.0.2.10"), media[0].Connection!.Value.Address);
        Assert.Equal(IPAddress.Parse("192.0.2.11"), media[1].Connection!.Value.Address);
    }

    [Theory]
    [InlineData("IN IP4 192.0.2.1", "192.0.2.1")]
    [InlineData("IN IP4 224.2.1.1/127/3", "224.2.1.1")]
    [InlineData("IN IP6 2001:db8::1", "2001:db8::1")]
    [InlineData("IN  IP4  192.0.2.1 ", "192.0.2.1")]
    [InlineData("IN IP4 phone.example.com", null)]
    [InlineData("IN IP4 2001:db8::1", null)]
    [InlineData("IN IP4 1", null)]
    [InlineData("IN IP4 0.0.0.0", "0.0.0.0")]
    [InlineData("IN IP4 255.255.255.255", "255.255.255.255")]
    [InlineData("IN IP4 192.0.2.256", null)]
    [InlineData("IN IP4 192.0.2.", null)]
    [InlineData("IN IP4 192..2.1", null)]
    [InlineData("IN IP4 192.0.2.1.5", null)]
    [InlineData("IN IP4 0x7f.0.0.1", null)]
    [InlineData("IN IP6 fe80::1%eth0", null)]
    public void A_connection_gives_its_address_unless_it_is_a_name(string value, string? expected)
    {
        Assert.True(SdpConnection.TryParse(Encoding.ASCII.GetBytes(value), out var connection));

        Assert.Equal(expected, connection.Address?.ToString());
    }

    [Fact]
    public void A_browsers_groups_and_keys_can_be_asked_for()
    {
        var description = Descriptions.Parse(Descriptions.VideoFirst);
        var audio = description.Media[1];

        Assert.True(description.BundleGroup.SequenceEqual("0 1"u8));
        Assert.True(audio.Mid.SequenceEqual("1"u8));
        Assert.True(audio is { HasCrypto: true, HasFingerprint: true, HasIce: true, HasRtcpMux: true });
    }

    [Fact]
    public void Codecs_come_in_order_of_preference()
    {
        Assert.Equal(
            [(0, "PCMU", 8000, 1), (8, "PCMA", 8000, 1), (101, "telephone-event", 8000, 1)], Codecs(Descriptions.DeskPhone));
    }

    [Fact]
    public void A_codec_has_the_parameters_of_its_own_number()
    {
        var media = Descriptions.Parse(Descriptions.DeskPhone).Media[0];

        Assert.True(media.FormatParametersOf(101).SequenceEqual("0-15"u8));
        Assert.True(media.FormatParametersOf(0).IsEmpty);
    }

    [Fact]
    public void A_static_payload_type_needs_no_map()
    {
        // RFC 3551 §6: table 4
        Assert.Equal(["G722", "G729", ""], Codecs(Head + "m=audio 1 RTP/AVP 9 18 96\r\n").Select(c => c.Name));
    }

    [Fact]
    public void A_map_may_name_rate_and_channels() =>
        Assert.Equal((111, "opus", 48000, 2), Assert.Single(Codecs(Head + "m=audio 1 RTP/AVP 111\r\na=rtpmap:111 opus/48000/2\r\n")));

    private static List<(int PayloadType, string Name, int ClockRateHz, int Channels)> Codecs(string text)
    {
        var codecs = new List<(int, string, int, int)>();
        foreach (var codec in Descriptions.Parse(text).Media[0].Codecs)
            codecs.Add((codec.PayloadType, Encoding.Latin1.GetString(codec.Name), codec.ClockRateHz, codec.Channels));

        return codecs;
    }

    private static string Written(SessionDescription description)
    {
        var output = new ArrayBufferWriter<byte>();
        description.WriteTo(output);
        return Encoding.Latin1.GetString(output.WrittenSpan);
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
