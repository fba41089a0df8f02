using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Recording;
using TekSipCloud.Media.Rtp;

namespace TekSipCloud.Media.Tests.Recording;

/// <summary>What passes from the relay's thread to the writer's.</summary>
public sealed class RecordingRingTests
{
    [Fact]
    public void What_is_put_is_taken_in_order_and_whole_whatever_its_length()
    {
        Prop.ForAll(Gen.Choose(1, RecordingRing.MaxPayloadBytes).ListOf(400).ToArbitrary(), lengths =>
        {
            var ring = new RecordingRing();
            ushort number = 0;
            foreach (var length in lengths)
            {
                Put(ring, number, length, channel: number & 1);
                // Taken a few behind, so that the ring is neither empty nor full.
                if (number >= 5)
                    AssertNext(ring, (ushort)(number - 5), lengths[number - 5]);
                number++;
            }

            return !ring.IsOverrun;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_ring_that_nobody_empties_is_bounded_and_keeps_what_it_has()
    {
        var ring = new RecordingRing();
        var put = 0;
        while (!ring.IsOverrun)
            Put(ring, (ushort)put++, 160, 0);

        Assert.InRange(put, 300, 400);
        for (var i = 0; i < put - 1; i++)
            AssertNext(ring, (ushort)i, 160);
        Assert.False(ring.TryPeek(out _));
    }

    [Theory]
    [InlineData(9, 160)]
    [InlineData(101, 4)]
    [InlineData(0, 0)]
    [InlineData(8, RecordingRing.MaxPayloadBytes + 1)]
    public void What_is_no_sound_in_G711_is_left_out(byte payloadType, int length)
    {
        var ring = new RecordingRing();

        Put(ring, 1, length, 0, payloadType);

        Assert.False(ring.TryPeek(out _));
    }

    private static void Put(RecordingRing ring, ushort number, int length, int channel, byte payloadType = 8)
    {
        byte[] packet = [0x80, payloadType, (byte)(number >> 8), (byte)number, 0, 0, 0, 1, 0, 0, 0, 2, .. Payload(number, length)];
        Assert.True(RtpPacket.TryParse(packet, out var rtp, out _));
        ring.Put(channel, rtp, arrival: number);
    }

    private static void AssertNext(RecordingRing ring, ushort number, int length)
    {
        Assert.True(ring.TryPeek(out var packet));
        Assert.Equal(number, packet.SequenceNumber);
        Assert.Equal(number, packet.Arrival);
        Assert.Equal(Payload(number, length), packet.Payload.ToArray());
        ring.Release(packet);
    }

    private static byte[] Payload(ushort number, int length) => [.. Enumerable.Range(number, length).Select(i => (byte)i)];
}
