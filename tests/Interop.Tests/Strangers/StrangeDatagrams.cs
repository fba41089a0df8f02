using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using TekSipCloud.Testing;

namespace TekSipCloud.Interop.Tests.Strangers;

/// <summary>What somebody sends to media ports who wants to be heard, to hear, or to break a call.</summary>
internal static class StrangeDatagrams
{
    /// <summary>What an authentication tag of the common suite takes.</summary>
    private const int TagBytes = 10;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    /// <summary>20 ms of the loudest noise that PCMU has.</summary>
    public static byte[] Rtp(int sequence)
    {
        var packet = new byte[172];
        for (var i = 12; i < packet.Length; i++)
            packet[i] = (byte)(i % 4 < 2 ? 0x00 : 0x80);
        (packet[0], packet[11]) = (0x80, 7);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), (uint)(sequence * 160));
        return packet;
    }

    /// <summary>The same with a tag that is made up (RFC 3711 §3.1).</summary>
    public static byte[] Srtp(int sequence) => [.. Rtp(sequence), .. RandomNumberGenerator.GetBytes(TagBytes)];

    /// <summary>A report and a goodbye (RFC 3550 §6.4.2, §6.6).</summary>
    public static byte[] Rtcp() => [0x80, 0xC9, 0, 1, 0, 0, 0, 7, 0x81, 0xCB, 0, 1, 0, 0, 0, 7];

    /// <summary>The same with an index and a tag that are made up (RFC 3711 §3.4).</summary>
    public static byte[] Srtcp(int index) => [.. Rtcp(), 0x80, 0, (byte)(index >> 8), (byte)index, .. RandomNumberGenerator.GetBytes(TagBytes)];

    /// <summary>A check that names its path, signed by a password that is not the call's (RFC 8445 §7.1).</summary>
    public static byte[] Check()
    {
        byte[] attributes =
        [
            .. Attribute(0x0006, "guess:else"u8), .. Attribute(0x0024, [0x6E, 0, 1, 0xFF]), .. Attribute(0x802A, new byte[8]), .. Attribute(0x0025, []),
            .. Attribute(0x0008, RandomNumberGenerator.GetBytes(20)),
        ];
        byte[] message = [0, 1, 0, (byte)(attributes.Length + 8), 0x21, 0x12, 0xA4, 0x42, .. RandomNumberGenerator.GetBytes(12), .. attributes];
        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32(message) ^ 0x5354554E);
        return [.. message, .. Attribute(0x8028, sum)];
    }

    public static byte[] Noise() => RandomNumberGenerator.GetBytes(200);

    /// <summary>The first datagram that OpenSSL sends to a party with which it wants to agree on keys (RFC 5764).</summary>
    public static async Task<byte[]> ClientHello()
    {
        using var target = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        target.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)target.LocalEndPoint!).Port;
        await using var client = ChildProcess.Start(
            "openssl", ["s_client", "-dtls1_2", "-connect", $"127.0.0.1:{port}", "-use_srtp", "SRTP_AES128_CM_SHA1_80"]);
        var buffer = new byte[2048];
        return buffer[..await target.ReceiveAsync(buffer).WaitAsync(Soon)];
    }

    private static byte[] Attribute(int type, ReadOnlySpan<byte> value) =>
        [(byte)(type >> 8), (byte)type, 0, (byte)value.Length, .. value, .. new byte[-value.Length & 3]];

    /// <summary>ITU-T V.42, as RFC 8489 §14.7 has it.</summary>
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var octet in bytes)
        {
            sum ^= octet;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum >> 1) ^ ((sum & 1) * 0xEDB88320);
        }

        return ~sum;
    }
}
