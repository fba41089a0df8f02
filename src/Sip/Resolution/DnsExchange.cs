using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace TekSipCloud.Sip.Resolution;

/// <summary>One question to one server: by UDP from a port of its own, by TCP when the answer does not fit (RFC 7766 §5).</summary>
internal static class DnsExchange
{
    private const int IdBytes = 2;

    /// <summary>Asks. Null when what came cannot be read.</summary>
    /// <exception cref="SocketException">The server cannot be reached.</exception>
    /// <exception cref="IOException">It closed the connection.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="deadline"/> passed.</exception>
    public static async Task<DnsMessage?> Ask(IPEndPoint server, DnsQuestion question, CancellationToken deadline)
    {
        var answer = await AskByUdp(server, question, withEdns: true, deadline).ConfigureAwait(false);
        // RFC 6891 §7: a server that does not know EDNS says so by one of these.
        if (answer.Code is DnsResponseCode.FormatError or DnsResponseCode.NotImplemented)
            answer = await AskByUdp(server, question, withEdns: false, deadline).ConfigureAwait(false);
        return answer.IsTruncated ? await AskByTcp(server, question, deadline).ConfigureAwait(false) : answer;
    }

    private static async Task<DnsMessage> AskByUdp(IPEndPoint server, DnsQuestion question, bool withEdns, CancellationToken deadline)
    {
        // RFC 5452 §9.2: an unpredictable port (the kernel's choice) and id; connected, so that only the server's own datagrams arrive.
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, deadline).ConfigureAwait(false);
        var id = NewId();
        await socket.SendAsync(DnsQuery.Write(id, question, withEdns), SocketFlags.None, deadline).ConfigureAwait(false);
        var buffer = new byte[DnsQuery.UdpPayload];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, SocketFlags.None, deadline).ConfigureAwait(false);
            // Anything else is a late answer or a guess: the right one may still come.
            if (DnsMessage.TryParse(buffer.AsSpan(0, length), out var message) && IsAnswer(message, id, question))
                return message;
        }
    }

    private static async Task<DnsMessage?> AskByTcp(IPEndPoint server, DnsQuestion question, CancellationToken deadline)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, deadline).ConfigureAwait(false);
        using var stream = new NetworkStream(socket);
        var id = NewId();
        var query = DnsQuery.Write(id, question, withEdns: true);
        // RFC 7766 §8: length and message in one segment.
        var framed = new byte[sizeof(ushort) + query.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)query.Length);
        query.CopyTo(framed, sizeof(ushort));
        await stream.WriteAsync(framed, deadline).ConfigureAwait(false);

        var prefix = new byte[sizeof(ushort)];
        await stream.ReadExactlyAsync(prefix, deadline).ConfigureAwait(false);
        var bytes = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        await stream.ReadExactlyAsync(bytes, deadline).ConfigureAwait(false);
        return DnsMessage.TryParse(bytes, out var message) && IsAnswer(message, id, question) && !message.IsTruncated ? message : null;
    }

    /// <summary>RFC 5452 §9.1: id and question must be ours; a refusal may leave the question out.</summary>
    private static bool IsAnswer(DnsMessage message, ushort id, DnsQuestion question)
    {
        if (!message.IsResponse || message.Id != id)
            return false;

        return message.Question is { } repeated ? repeated == question : message.Code == DnsResponseCode.FormatError;
    }

    private static ushort NewId() => BinaryPrimitives.ReadUInt16LittleEndian(RandomNumberGenerator.GetBytes(IdBytes));
}
