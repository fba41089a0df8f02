using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Rtp;
using TekSipCloud.Testing;

namespace TekSipCloud.Media.Tests.Rtp;

/// <summary>Reading of RTP headers (RFC 3550 §5.1, A.1).</summary>
public sealed class RtpPacketTests
{
    private const string Fixed = "80 E5 1234 00000140 CAFEBABE";

    [Fact]
    public void A_header_is_read_field_by_field()
    {
        var packet = Parse("80 E5 1234 00000140 CAFEBABE 0102");

        Assert.True(packet.Marker);
        Assert.Equal(
            (101, 0x1234, 320u, 0xCAFEBABEu), (packet.PayloadType, packet.SequenceNumber, packet.Timestamp, packet.Ssrc));
        Assert.Equal([1, 2], packet.Payload.ToArray());
    }

    [Fact]
    public void Sources_extension_and_padding_are_not_payload()
    {
        var packet = Parse("B1 00 0001 00000000 00000001 00000009 BEDE0001 51000000 AABB 000003");

        Assert.Equal((1, 0xBEDE), (packet.CsrcCount, packet.ExtensionProfile));
        Assert.Equal([0x51, 0, 0, 0], packet.Extension.ToArray());
        Assert.Equal([0xAA, 0xBB], packet.Payload.ToArray());
    }

    [Theory]
    [InlineData("", RtpError.TooShort)]
    [InlineData("80 00 0001 00000000 000000", RtpError.TooShort)]
    [InlineData("82 00 0001 00000000 00000001 00000009", RtpError.TooShort)]
    [InlineData("90 00 0001 00000000 00000001 BEDE", RtpError.TooShort)]
    [InlineData("90 00 0001 00000000 00000001 BEDEFFFF 00", RtpError.TooShort)]
    [InlineData("40 00 0001 00000000 00000001", RtpError.BadVersion)]
    [InlineData("00 01 0000 2112A442 000000000000", RtpError.BadVersion)]
    [InlineData("80 C8 0006 00000000 00000001", RtpError.IsRtcp)]
    [InlineData("A0 00 0001 00000000 00000001 0000", RtpError.BadPadding)]
    [InlineData("A0 00 0001 00000000 00000001 0003", RtpError.BadPadding)]
    public void A_datagram_that_is_no_rtp_is_refused_with_its_reason(string hex, RtpError expected)
    {
        Assert.False(RtpPacket.TryParse(Bytes(hex), out _, out var error));

        Assert.Equal(expected, error);
    }

    [Fact]
    public void Arbitrary_bytes_never_throw() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            foreach (var first in (byte[])[0x80, 0xBF, 0x9F])
            {
                byte[] datagram = [first, .. bytes];
                if (RtpPacket.TryParse(datagram, out var packet, out _))
                    _ = packet.Payload.Length + packet.Extension.Length + packet.ExtensionProfile;
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reading_allocates_nothing()
    {
        var bytes = Bytes(Fixed + "0102");
        Allocations.AssertNone(() => _ = RtpPacket.TryParse(bytes, out _, out _));
    }

    private static RtpPacket Parse(string hex)
    {
        Assert.True(RtpPacket.TryParse(Bytes(hex), out var packet, out var error), error.ToString());
        return packet;
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", ""));
}
