using System.Buffers.Binary;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Tests.Srtp;

/// <summary>libsrtp and the product understand each other: RFC 3711, RFC 7714.</summary>
public sealed class LibSrtpTests
{
    // Across two rollovers, in steps as of lost packets.
    private const int Packets = 300;
    private const int Step = 499;

    public static TheoryData<SrtpProfile> Profiles => [.. Enum.GetValues<SrtpProfile>()];

    public static TheoryData<SrtpProfile, int> ProfilesAndIdentifiers
    {
        get
        {
            var data = new TheoryData<SrtpProfile, int>();
            foreach (var profile in Enum.GetValues<SrtpProfile>())
            {
                data.Add(profile, 0);
                data.Add(profile, 1);
                data.Add(profile, 4);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void What_we_seal_it_opens(SrtpProfile profile)
    {
        var key = SrtpKey.Create(profile);
        using var ours = new SrtpSender(key);
        using var theirs = new LibSrtp(key, sends: false);
        for (var i = 0; i < Packets; i++)
        {
            var packet = Packet(i);
            Assert.Equal(packet, theirs.Unprotect(Sealed(ours, packet, isReport: false), isReport: false));
            var report = Report(i);
            Assert.Equal(report, theirs.Unprotect(Sealed(ours, report, isReport: true), isReport: true));
        }
    }

    [Theory]
    [MemberData(nameof(ProfilesAndIdentifiers))]
    public void What_it_seals_we_open(SrtpProfile profile, int identifierBytes)
    {
        // RFC 3711 §3.1: an identifier of the key stands in every packet.
        var key = new SrtpKey(profile, SrtpKey.Create(profile).Bytes, new byte[] { 0, 0, 0, 1 }.AsSpan(4 - identifierBytes));
        using var ours = new SrtpReceiver(key);
        using var theirs = new LibSrtp(key, sends: true);
        for (var i = 0; i < Packets; i++)
        {
            Assert.Equal(Packet(i), Opened(ours, theirs.Protect(Packet(i), isReport: false), isReport: false));
            Assert.Equal(Report(i), Opened(ours, theirs.Protect(Report(i), isReport: true), isReport: true));
        }
    }

    [Fact]
    public void Reports_with_tags_as_short_as_those_of_sound_are_opened_and_answered_in_kind()
    {
        // RFC 4568 §6.2.2 has ten bytes, libsrtp's own policy of the suite has four for both.
        var (key, ourKey) = (SrtpKey.Create(SrtpProfile.AesCm128HmacSha1Tag32), SrtpKey.Create(SrtpProfile.AesCm128HmacSha1Tag32));
        using var receiver = new SrtpReceiver(key);
        using var sender = new SrtpSender(ourKey);
        using var theirs = new LibSrtp(key, sends: true, hasShortReportTags: true);
        using var theirReceiver = new LibSrtp(ourKey, sends: false, hasShortReportTags: true);
        for (var i = 0; i < Packets; i++)
        {
            Assert.Equal(Report(i), Opened(receiver, theirs.Protect(Report(i), isReport: true), isReport: true));
            sender.RtcpTagBytes = receiver.RtcpTagBytes;
            Assert.Equal(Report(i), theirReceiver.Unprotect(Sealed(sender, Report(i), isReport: true), isReport: true));
        }
    }

    [Fact]
    public void Who_once_had_long_tags_is_not_believed_with_short_ones()
    {
        var key = SrtpKey.Create(SrtpProfile.AesCm128HmacSha1Tag32);
        using var ours = new SrtpReceiver(key);
        using var proper = new LibSrtp(key, sends: true);
        using var shorter = new LibSrtp(key, sends: true, hasShortReportTags: true);
        Assert.Equal(Report(0), Opened(ours, proper.Protect(Report(0), isReport: true), isReport: true));
        _ = shorter.Protect(Report(0), isReport: true);

        Assert.NotEqual(SrtpError.None, ours.OpenRtcp(shorter.Protect(Report(1), isReport: true), out _));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Another_identifier_is_another_key(SrtpProfile profile)
    {
        var bytes = SrtpKey.Create(profile).Bytes;
        using var ours = new SrtpReceiver(new(profile, bytes, [1]));
        using var theirs = new LibSrtp(new(profile, bytes, [2]), sends: true);

        Assert.Equal(SrtpError.BadTag, ours.Open(theirs.Protect(Packet(0), isReport: false), out _));
        Assert.Equal(SrtpError.BadTag, ours.OpenRtcp(theirs.Protect(Report(0), isReport: true), out _));
    }

    private static byte[] Sealed(SrtpSender sender, byte[] packet, bool isReport)
    {
        byte[] buffer = [.. packet, .. new byte[SrtpProfiles.MaxOverheadBytes]];
        var length = 0;
        Assert.Equal(SrtpError.None, isReport ? sender.SealRtcp(buffer, packet.Length, out length) : sender.Seal(buffer, packet.Length, out length));
        return buffer[..length];
    }

    private static byte[] Opened(SrtpReceiver receiver, byte[] packet, bool isReport)
    {
        var length = 0;
        Assert.Equal(SrtpError.None, isReport ? receiver.OpenRtcp(packet, out length) : receiver.Open(packet, out length));
        return packet[..length];
    }

    private static byte[] Packet(int number)
    {
        var packet = new byte[12 + 160];
        packet[0] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)(number * Step));
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), 0xCAFEBABE);
        packet.AsSpan(12).Fill((byte)number);
        return packet;
    }

    private static byte[] Report(int number)
    {
        var report = new byte[28];
        (report[0], report[1], report[3], report[27]) = (0x80, 200, 6, (byte)number);
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(4), 0xCAFEBABE);
        return report;
    }
}
