using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Rtcp;

namespace TekSipCloud.Media.Tests.Rtcp;

/// <summary>Walking of compound RTCP (RFC 3550 §6.1, A.2).</summary>
public sealed class RtcpPacketTests
{
    private const string Report = "80 C9 0001 00000007";
    private const string Bye = "81 CB 0001 00000007";

    [Fact]
    public void A_compound_is_walked_packet_by_packet()
    {
        ReadOnlySpan<byte> rest = Bytes(Report + Bye);

        Assert.True(RtcpPacket.TryRead(ref rest, out var report));
        Assert.True(RtcpPacket.TryRead(ref rest, out var bye));
        Assert.Equal(
            (RtcpPacketType.ReceiverReport, RtcpPacketType.Bye, 1, 7u), (report.PacketType, bye.PacketType, bye.Count, bye.Ssrc));
        Assert.False(RtcpPacket.TryRead(ref rest, out _));
    }

    [Theory]
    [InlineData(Report, true)]
    [InlineData(Report + Bye, true)]
    [InlineData("", false)]
    [InlineData("80 C9", false)]
    [InlineData("80 C9 0002 00000007", false)]
    [InlineData("40 C9 0001 00000007", false)]
    [InlineData("80 00 0001 00000007", false)]
    [InlineData(Report + "00", false)]
    [InlineData(Report + "00 CB 0001 00000007", false)]
    public void Only_lengths_and_versions_that_agree_make_a_compound(string hex, bool expected) =>
        Assert.Equal(expected, RtcpPacket.IsCompound(Bytes(hex)));

    [Fact]
    public void Arbitrary_bytes_never_throw() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            _ = RtcpPacket.IsCompound(bytes);
            byte[] datagram = [0x80, 0xC8, .. bytes];
            _ = RtcpPacket.IsCompound(datagram);
        }).QuickCheckThrowOnFailure();

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", ""));
}
