using TekSipCloud.Media.Rtcp;

namespace TekSipCloud.Media.Tests.Rtcp;

/// <summary>The bytes of RTCP, by hand from the figures of RFC 3550 §6.4 to §6.6.</summary>
public sealed class RtcpWriterTests
{
    private static readonly ReportBlock Block = new(0x0A0B_0C0D, 64, -2, 0x0001_0002, 80, 0x1234_5678, 65536);

    [Fact]
    public void A_sender_report() => Assert.Equal(
        "81C8000C" + "01020304" + "E000000080000000" + "000000A0" + "00000003" + "000001E0"
            + "0A0B0C0D" + "40FFFFFE" + "00010002" + "00000050" + "12345678" + "00010000",
        Written((ref RtcpWriter w) => w.SenderReport(0x0102_0304, new(0xE000_0000_8000_0000, 160, 3, 480), Block)));

    [Fact]
    public void A_receiver_report_without_a_block() =>
        Assert.Equal("80C90001" + "01020304", Written((ref RtcpWriter w) => w.ReceiverReport(0x0102_0304, null)));

    [Fact]
    public void A_source_description_ends_at_a_word() => Assert.Equal(
        "81CA0006" + "01020304" + "0110" + Convert.ToHexString("AAECAwQFBgcICQoL"u8) + "0000",
        Written((ref RtcpWriter w) => w.SourceDescription(0x0102_0304, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])));

    [Fact]
    public void A_goodbye() => Assert.Equal("81CB0001" + "01020304", Written((ref RtcpWriter w) => w.Bye(0x0102_0304)));

    [Fact]
    public void A_block_is_read_as_it_was_written()
    {
        var bytes = new byte[ReportBlock.Bytes];
        Block.Write(bytes);

        Assert.Equal(Block, ReportBlock.Read(bytes));
    }

    [Theory]
    [InlineData(ReportBlock.MinLost)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(ReportBlock.MaxLost)]
    public void Loss_has_24_bits_with_a_sign(int lost)
    {
        var bytes = new byte[ReportBlock.Bytes];
        (Block with { CumulativeLost = lost, FractionLost = 255 }).Write(bytes);

        Assert.Equal((lost, 255), (ReportBlock.Read(bytes).CumulativeLost, ReportBlock.Read(bytes).FractionLost));
    }

    [Fact]
    public void The_round_trip_of_the_RFCs_example()
    {
        // RFC 3550 §6.4.1, figure 2: A = b710:8000, LSR = b705:2000, DLSR = 5.250 s; delay 6.125 s
        var block = Block with { LastReport = 0xB705_2000, DelaySinceLastReport = 0x0005_4000 };

        Assert.Equal(TimeSpan.FromSeconds(6.125), block.RoundTrip(0xB710_8000));
    }

    [Fact]
    public void A_round_trip_is_never_negative()
    {
        var block = Block with { LastReport = 0x0001_0000, DelaySinceLastReport = 0x0001_0010 };

        Assert.Equal(TimeSpan.Zero, block.RoundTrip(0x0002_0000));
        Assert.Null(block.RoundTrip(0x0001_0000));
        Assert.Null((block with { LastReport = 0 }).RoundTrip(0x0002_0000));
    }

    [Fact]
    public void Ntp_counts_from_1900()
    {
        // RFC 3550 §4; RFC 5905 §6: 1970 is second 2,208,988,800.
        var time = NtpTime.Of(DateTimeOffset.UnixEpoch.AddSeconds(0.5));

        Assert.Equal(2_208_988_800ul << 32 | 0x8000_0000, time);
        Assert.Equal(0x7E80_8000u, NtpTime.Middle(time));
    }

    private delegate void Write(ref RtcpWriter writer);

    private static string Written(Write write)
    {
        var buffer = new byte[RtcpWriter.MaxBytes];
        var writer = new RtcpWriter(buffer);
        write(ref writer);
        Assert.True(RtcpPacket.IsCompound(buffer.AsSpan(0, writer.Length)));
        return Convert.ToHexString(buffer, 0, writer.Length);
    }
}
