using System.Buffers.Binary;
using TekSipCloud.Media.Rtp;
using TekSipCloud.Testing;

namespace TekSipCloud.Media.Tests.Rtp;

/// <summary>Packets between parties that number their formats differently, DTMF by different clocks among them (RFC 3264 §5.1, RFC 4733).</summary>
public sealed class PayloadTypeMapTests
{
    private const byte Marker = 0x80;
    private const byte Pcmu = 0;
    private const byte Slow = 126;
    private const byte Fast = 110;

    [Fact]
    public void A_format_passes_under_the_other_partys_number_and_keeps_its_marker()
    {
        var map = new PayloadTypeMap();
        map.Rename(111, 96);
        var packet = Packet(111 | Marker, 7, [1, 2, 3, 4]);
        var before = packet.ToArray();

        map.Apply(packet);

        Assert.Equal(96 | Marker, packet[1]);
        before[1] = packet[1];
        Assert.Equal(before, packet);
    }

    [Fact]
    public void What_the_map_knows_nothing_of_stays_as_it_is()
    {
        var map = new PayloadTypeMap();
        map.RenameEvents((Fast, 48_000), (Slow, 8_000));
        var packet = Packet(Pcmu, 7, [1, 2, 3, 4]);
        var before = packet.ToArray();

        map.Apply(packet);

        Assert.Equal(before, packet);
        Assert.True(new PayloadTypeMap().IsIdentity);
        Assert.False(map.IsIdentity);
    }

    [Theory]
    [InlineData(48_000, 8_000, 960, 160)]
    [InlineData(8_000, 48_000, 160, 960)]
    [InlineData(16_000, 8_000, 65_535, 32_767)]
    // Held for longer than the other clock's 16 bits can tell: one digit still.
    [InlineData(8_000, 48_000, 12_000, 65_535)]
    public void A_digits_duration_is_told_by_the_other_clock(int from, int to, ushort duration, ushort expected)
    {
        // RFC 4733 §2.3.5
        var map = Map(from, to);
        var packet = Event(1000, 5, duration, isEnd: true, marker: false);

        map.Apply(packet);

        Assert.Equal((5, 0x8A, expected), (packet[12], packet[13], BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(14))));
        Assert.Equal(Slow, packet[1]);
    }

    [Fact]
    public void All_packets_of_a_digit_have_one_timestamp_and_the_next_digit_another_one_later()
    {
        // RFC 4733 §2.5.1.2, §2.5.1.4
        var map = Map(48_000, 8_000);
        map.Apply(Packet(Pcmu, 48_000, new byte[160]));
        uint[] first = [Tell(map, 48_960, marker: true), Tell(map, 48_960), Tell(map, 48_960)];
        uint[] second = [Tell(map, 58_560, marker: true), Tell(map, 58_560)];

        Assert.Equal([48_160, 48_160, 48_160], first);
        Assert.Equal([49_760, 49_760], second);
    }

    [Fact]
    public void Audio_between_the_packets_of_a_digit_does_not_make_it_two()
    {
        var map = Map(48_000, 8_000);
        map.Apply(Packet(Pcmu, 48_000, new byte[160]));
        var first = Tell(map, 48_960, marker: true);
        map.Apply(Packet(Pcmu, 49_920, new byte[160]));

        Assert.Equal(first, Tell(map, 48_960));
    }

    [Fact]
    public void Events_counted_by_another_clock_than_the_audio_stay_beside_the_audio()
    {
        // As of senders that keep 48 kHz for DTMF beside G.711 (RFC 7160 §4).
        var map = Map(48_000, 8_000);
        map.Apply(Packet(Pcmu, 8_000, new byte[160]));

        Assert.Equal(8_160u, Tell(map, 3_000_000_000, marker: true));
        Assert.Equal(8_160u, Tell(map, 3_000_000_000));
        Assert.Equal(8_160u + 1_600, Tell(map, 3_000_000_000 + 9_600, marker: true));
    }

    [Fact]
    public void Timestamps_wrap()
    {
        var map = Map(48_000, 8_000);
        map.Apply(Packet(Pcmu, uint.MaxValue - 959, new byte[160]));

        Assert.Equal(uint.MaxValue - 959 + 320, Tell(map, 960, marker: true));
    }

    [Fact]
    public void A_packet_too_short_for_an_event_is_renamed_and_left_alone()
    {
        var map = Map(48_000, 8_000);
        var packet = Packet(Fast, 1000, [5, 10]);

        map.Apply(packet);

        Assert.Equal((Slow, 5, 10), (packet[1], packet[12], packet[13]));
    }

    [Fact]
    public void Any_number_of_packets_allocates_nothing()
    {
        var map = Map(48_000, 8_000);
        var packet = Event(960, 5, 960, isEnd: false, marker: true);

        Allocations.AssertNone(() =>
        {
            packet[1] = Fast;
            map.Apply(packet);
        });
    }

    private static PayloadTypeMap Map(int from, int to)
    {
        var map = new PayloadTypeMap();
        map.RenameEvents((Fast, from), (Slow, to));
        return map;
    }

    private static uint Tell(PayloadTypeMap map, uint timestamp, bool marker = false)
    {
        var packet = Event(timestamp, 5, 960, isEnd: false, marker);
        map.Apply(packet);
        Assert.Equal(marker ? Slow | Marker : Slow, packet[1]);
        return BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(4));
    }

    private static byte[] Event(uint timestamp, byte digit, ushort duration, bool isEnd, bool marker) =>
        Packet((byte)(marker ? Fast | Marker : Fast), timestamp, [digit, (byte)(isEnd ? 0x8A : 0x0A), (byte)(duration >> 8), (byte)duration]);

    private static byte[] Packet(byte type, uint timestamp, byte[] payload)
    {
        byte[] packet = [0x80, type, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9, .. payload];
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), timestamp);
        return packet;
    }
}
