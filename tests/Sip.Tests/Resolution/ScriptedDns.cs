using System.Net;
using System.Net.Sockets;
using TekSipCloud.Sip.Resolution;

namespace TekSipCloud.Sip.Tests.Resolution;

/// <summary>A name server that answers each query as a test wants: well, badly, several times, not at all.</summary>
internal sealed class ScriptedDns : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly List<Query> _queries = [];
    private readonly Func<Query, byte[][]> _answer;

    public ScriptedDns(Func<Query, byte[][]> answer)
    {
        _answer = answer;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Address = _socket.LocalEndPoint!.ToString()!;
        _ = Serve();
    }

    public string Address { get; }

    public IReadOnlyList<Query> Queries
    {
        get
        {
            lock (_queries)
                return [.. _queries];
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task Serve()
    {
        var buffer = new byte[2048];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                var query = Read(buffer.AsSpan(0, received.ReceivedBytes), (IPEndPoint)received.RemoteEndPoint);
                lock (_queries)
                    _queries.Add(query);
                foreach (var answer in _answer(query))
                    await _socket.SendToAsync(answer, received.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private static Query Read(ReadOnlySpan<byte> bytes, IPEndPoint source)
    {
        Assert.True(DnsMessage.TryParse(bytes, out var message));
        return new Query(message.Id, source.Port, HasOpt: bytes[11] == 1);
    }

    internal sealed record Query(int Id, int Port, bool HasOpt);
}
