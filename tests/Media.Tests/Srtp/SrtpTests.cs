using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Srtp;
using TekSipCloud.Testing;

namespace TekSipCloud.Media.Tests.Srtp;

/// <summary>Packets under a key: RFC 3711 §3.3 and §3.4, RFC 7714 §8 and §9.</summary>
public sealed class SrtpTests
{
    public static TheoryData<SrtpProfile> Profiles => [.. Enum.GetValues<SrtpProfile>()];

    [Fact]
    public void A_packet_is_protected_as_other_implementations_do_it()
    {
        using var sender = new SrtpSender(new(
            SrtpProfile.AesCm128HmacSha1Tag80, Convert.FromHexString("e1f97a0d3e018be0d64fa32c06de41390ec675ad498afeebb6960b3aabe6")));
        var buffer = new byte[64];
        Convert.FromHexString("800f1234decafbadcafebabe" + string.Concat(Enumerable.Repeat("ab", 16))).CopyTo(buffer, 0);

        Assert.Equal(SrtpError.None, sender.Seal(buffer, 28, out var length));

        Assert.Equal(
            "800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb",
            Convert.ToHexStringLower(buffer.AsSpan(0, length)));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void What_is_sealed_opens_again_across_rollovers_loss_and_late_packets(SrtpProfile profile)
    {
        var key = SrtpKey.Create(profile);
        Prop.ForAll(
            Gen.Choose(1, 3000).ArrayOf().ToArbitrary(),
            Gen.Choose(0, 65535).ToArbitrary(),
            (steps, first) =>
            {
                using var sender = new SrtpSender(key);
                using var receiver = new SrtpReceiver(key);
                var sequence = first;
                foreach (var step in steps)
                {
                    Passes(sender, receiver, Packet((ushort)sequence, 1, 160));
                    sequence += step;
                }
            }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void The_same_sequence_number_65536_packets_later_is_another_packet(SrtpProfile profile)
    {
        var key = SrtpKey.Create(profile);
        using var sender = new SrtpSender(key);
        using var receiver = new SrtpReceiver(key);
        for (var i = 0; i < 3 * 65536; i += 100)
            Passes(sender, receiver, Packet((ushort)i, 1, 20));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Nothing_opens_twice_nor_when_it_is_older_than_the_window(SrtpProfile profile)
    {
        var key = SrtpKey.Create(profile);
        using var sender = new SrtpSender(key);
        using var receiver = new SrtpReceiver(key);
        var sealed0 = Seal(sender, Packet(1000, 1, 160));
        var late = Seal(sender, Packet(1001, 1, 160));

        Assert.Equal(SrtpError.None, receiver.Open(sealed0.ToArray(), out _));
        Assert.Equal(SrtpError.Replayed, receiver.Open(sealed0.ToArray(), out _));
        Passes(sender, receiver, Packet(1001 + ReplayWindow.Size, 1, 160));
        Assert.Equal(SrtpError.Replayed, receiver.Open(late.ToArray(), out _));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_late_packet_within_the_window_opens_once(SrtpProfile profile)
    {
        var key = SrtpKey.Create(profile);
        using var sender = new SrtpSender(key);
        using var receiver = new SrtpReceiver(key);
        var late = Seal(sender, Packet(65535, 1, 160));
        Passes(sender, receiver, Packet(65530, 1, 160));
        Passes(sender, receiver, Packet(3, 1, 160));

        Assert.Equal(SrtpError.None, receiver.Open(late.ToArray(), out _));
        Assert.Equal(SrtpError.Replayed, receiver.Open(late.ToArray(), out _));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void One_changed_bit_anywhere_is_found_and_hurts_nothing(SrtpProfile profile)
    {
        var key = SrtpKey.Create(profile);
        using var sender = new SrtpSender(key);
        using var receiver = new SrtpReceiver(key);
        var whole = Seal(sender, Packet(7, 1, 40));
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var damaged = whole.ToArray();
            damaged[bit / 8] ^= (byte)(1 << bit % 8);
            var before = damaged.ToArray();
            Assert.NotEqual(SrtpError.None, receiver.Open(damaged, out _));
            Assert.Equal(before, damaged);
        }

        Assert.Equal(SrtpError.None, receiver.Open(whole.ToArray(), out _));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Nothing_opens_with_another_key(SrtpProfile profile)
    {
        using var sender = new SrtpSender(SrtpKey.Create(profile));
        using var receiver = new SrtpReceiver(SrtpKey.Create(profile));

        Assert.Equal(SrtpError.BadTag, receiver.Open(Seal(sender, Packet(1, 1, 160)), out _));
        Assert.Equal(SrtpError.BadTag, receiver.OpenRtcp(SealRtcp(sender, Report(1)), out _));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Reports_open_once_whatever_their_order(SrtpProfile profile)
    {
        var key = SrtpKey.Create(profile);
        using var sender = new SrtpSender(key);
        using var receiver = new SrtpReceiver(key);
        var first = SealRtcp(sender, Report(1));
        var second = SealRtcp(sender, Report(1));
        Assert.NotEqual(first, second);

        foreach (var report in new[] { second, first })
        {
            var opened = report.ToArray();
            Assert.Equal(SrtpError.None, receiver.OpenRtcp(opened, out var length));
            Assert.Equal(Report(1), opened[..length]);
            Assert.Equal(SrtpError.Replayed, receiver.OpenRtcp(report.ToArray(), out _));
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void The_same_packet_is_never_sealed_twice(SrtpProfile profile)
    {
        using var sender = new SrtpSender(SrtpKey.Create(profile));
        _ = Seal(sender, Packet(9, 1, 160));

        Assert.Equal(SrtpError.Replayed, sender.Seal(Room(Packet(9, 1, 160)), 172, out _));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Any_datagram_is_refused_without_a_fault(SrtpProfile profile)
    {
        using var receiver = new SrtpReceiver(SrtpKey.Create(profile));
        Prop.ForAll(
            Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().ToArbitrary(),
            datagram => receiver.Open(datagram.ToArray(), out _) != SrtpError.None
                && receiver.OpenRtcp(datagram.ToArray(), out _) != SrtpError.None).QuickCheckThrowOnFailure();
        Assert.Equal(SrtpError.Malformed, receiver.Open(new byte[65535], out _));
        Assert.Equal(SrtpError.Malformed, receiver.OpenRtcp(new byte[65535], out _));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_flood_of_sources_is_bounded(SrtpProfile profile)
    {
        var key = SrtpKey.Create(profile);
        using var sender = new SrtpSender(key);
        var errors = Enumerable.Range(1, 100).Select(ssrc => sender.Seal(Room(Packet(1, (uint)ssrc, 20)), 32, out _)).ToList();

        Assert.Equal(64, errors.Count(error => error == SrtpError.None));
        Assert.Equal(36, errors.Count(error => error == SrtpError.TooManySources));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_packet_costs_no_memory(SrtpProfile profile)
    {
        var key = SrtpKey.Create(profile);
        using var sender = new SrtpSender(key);
        using var receiver = new SrtpReceiver(key);
        var buffer = new byte[256];
        ushort sequence = 0;

        Allocations.AssertNone(() =>
        {
            BinaryPrimitives.WriteUInt32BigEndian(buffer, 0x8000_0000 | sequence++);
            _ = sender.Seal(buffer, 172, out var length);
            _ = receiver.Open(buffer.AsSpan(0, length), out _);
            // A wrong tag, too.
            _ = receiver.Open(buffer.AsSpan(0, length), out _);
        });
    }

    [Fact]
    public void A_key_does_not_show_itself() =>
        Assert.Equal("AeadAes128Gcm (hidden)", SrtpKey.Create(SrtpProfile.AeadAes128Gcm).ToString());

    private static void Passes(SrtpSender sender, SrtpReceiver receiver, byte[] packet)
    {
        var whole = Seal(sender, packet);
        Assert.Equal(SrtpError.None, receiver.Open(whole, out var length));
        Assert.Equal(packet, whole[..length]);
    }

    private static byte[] Seal(SrtpSender sender, byte[] packet)
    {
        var buffer = Room(packet);
        Assert.Equal(SrtpError.None, sender.Seal(buffer, packet.Length, out var length));
        Assert.NotEqual(packet[12..], buffer[12..packet.Length]);
        return buffer[..length];
    }

    private static byte[] SealRtcp(SrtpSender sender, byte[] report)
    {
        var buffer = Room(report);
        Assert.Equal(SrtpError.None, sender.SealRtcp(buffer, report.Length, out var length));
        return buffer[..length];
    }

    private static byte[] Room(byte[] packet) => [.. packet, .. new byte[SrtpProfiles.MaxOverheadBytes]];

    private static byte[] Packet(ushort sequence, uint ssrc, int payload)
    {
        var packet = new byte[12 + payload];
        packet[0] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
        return packet;
    }

    private static byte[] Report(uint ssrc)
    {
        var report = new byte[28];
        (report[0], report[1], report[3]) = (0x80, 200, 6);
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(4), ssrc);
        return report;
    }
}
