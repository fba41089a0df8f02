using System.Buffers.Binary;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Rtp;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>Parties that number their formats differently hear each other; DTMF (RFC 4733) arrives as the other party tells it.</summary>
public sealed class FormatTests : IDisposable
{
    private const byte Pcmu = 0;
    private readonly RelayRig _rig = new(MediaRelay.CreateIo);
    private readonly TestPhone _alice = new();
    private readonly TestPhone _bob = new() { Ssrc = 2 };
    private uint _timestamp;
    private ushort _sequence;

    public void Dispose()
    {
        _rig.Dispose();
        _alice.Dispose();
        _bob.Dispose();
    }

    [Fact]
    public void A_digit_arrives_by_the_other_partys_number_and_clock_either_way()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        a.Translate(Maps());

        Assert.Equal((97, 160), Passes(_alice, a, _bob, 101, 960));
        Assert.Equal((101, 960), Passes(_bob, b, _alice, 97, 160));
        Assert.Equal((Pcmu, 960), Passes(_alice, a, _bob, Pcmu, 960));
    }

    [Fact]
    public void What_one_party_was_answered_last_counts_whoever_asked_before()
    {
        // RFC 3264 §8: the called party makes the next offer, and both agree on one numbering.
        var (a, b) = _rig.Joined(_alice, _bob);
        a.Translate(Maps());
        b.Translate(null);
        Assert.Equal((101, 960), Passes(_alice, a, _bob, 101, 960));
        Assert.Equal((97, 160), Passes(_bob, b, _alice, 97, 160));

        a.Translate(Maps());
        Assert.Equal((97, 160), Passes(_alice, a, _bob, 101, 960));
    }

    [Fact]
    public void The_same_answer_again_does_not_cut_a_digit_in_two()
    {
        var (a, _) = _rig.Joined(_alice, _bob);
        a.Translate(Maps());
        Passes(_alice, a, _bob, Pcmu, 960, timestamp: 48_000);
        Passes(_alice, a, _bob, 101, 960, timestamp: 48_960);
        var before = _timestamp;

        a.Translate(Maps());
        Passes(_alice, a, _bob, 101, 1920, timestamp: 48_960);

        Assert.Equal(before, _timestamp);
    }

    [Fact]
    public void Ports_used_again_know_nothing_of_the_former_calls_formats()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        a.Translate(Maps());
        Passes(_alice, a, _bob, 101, 960);
        var stream = a.Rtp;
        Assert.NotNull(stream.Formats);

        stream.Forget();

        Assert.Null(stream.Formats);
        Assert.Null(b.Rtp.Formats);
    }

    private (int Type, int Duration) Passes(
        TestPhone from, RelayLeg leg, TestPhone to, byte type, ushort duration, uint timestamp = 48_000)
    {
        from.Send(leg, Packet(type, duration, timestamp, from.Ssrc));
        _rig.Turn();
        var heard = to.Hears();
        _timestamp = BinaryPrimitives.ReadUInt32BigEndian(heard.AsSpan(4));
        return (heard[1], BinaryPrimitives.ReadUInt16BigEndian(heard.AsSpan(14)));
    }

    private byte[] Packet(byte type, ushort duration, uint timestamp, uint ssrc)
    {
        var packet = new byte[16];
        (packet[0], packet[1], packet[12]) = (0x80, type, 5);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), ++_sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(14), duration);
        return packet;
    }

    /// <summary>Of a party with DTMF as 101 at 48 kHz, whose partner has it as 97 at 8 kHz.</summary>
    private static PayloadTypeMaps Maps()
    {
        var (from, to) = (new PayloadTypeMap(), new PayloadTypeMap());
        from.RenameEvents((101, 48_000), (97, 8_000));
        to.RenameEvents((97, 8_000), (101, 48_000));
        return new(from, to);
    }
}
