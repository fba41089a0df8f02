using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TekSipCloud.Conformance.Tests.Torture;

/// <summary>Sends octets from an address of its own by UDP or TCP, and reads messages: where one ends it knows from Content-Length.</summary>
internal sealed class TorturePeer : IDisposable
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(20);
    private readonly Socket _socket;
    private string _unread = "";

    private TorturePeer(Socket socket, string transport)
    {
        _socket = socket;
        Transport = transport;
    }

    public string Transport { get; }

    public EndPoint Local => _socket.LocalEndPoint!;

    /// <summary>Opens one. By UDP its port is 5060, where answers to a Via without port and rport go (RFC 3261 §18.2.2).</summary>
    public static async Task<TorturePeer> Open(string transport, IPAddress local, IPEndPoint server)
    {
        var isUdp = transport == "UDP";
        var socket = new Socket(AddressFamily.InterNetwork, isUdp ? SocketType.Dgram : SocketType.Stream, isUdp ? ProtocolType.Udp : ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(local, isUdp ? 5060 : 0));
            await socket.ConnectAsync(server);
            return new TorturePeer(socket, transport);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task Send(string text) => await _socket.SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>The next message; null when the server has closed the connection.</summary>
    /// <exception cref="TimeoutException">Neither came.</exception>
    public async Task<WireMessage?> Receive()
    {
        while (true)
        {
            if (TakeMessage() is { } message)
                return new WireMessage(message);

            var more = await Read();
            if (more.Length == 0)
                return null;

            _unread += more;
        }
    }

    public void Dispose() => _socket.Dispose();

    private string? TakeMessage()
    {
        var end = _unread.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        if (end < 4)
            return null;

        var length = new WireMessage(_unread).Header("Content-Length");
        end += length.Length > 0 ? int.Parse(length, System.Globalization.CultureInfo.InvariantCulture) : 0;
        if (_unread.Length < end)
            return null;

        var message = _unread[..end];
        _unread = _unread[end..];
        return message;
    }

    private async Task<string> Read()
    {
        using var deadline = new CancellationTokenSource(AnswerTime);
        var buffer = new byte[65_536];
        try
        {
            return Encoding.Latin1.GetString(buffer, 0, await _socket.ReceiveAsync(buffer, deadline.Token));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset && Transport == "TCP")
        {
            // Closed while some of what was sent had not been read.
            return "";
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"Nothing by {Transport} within {AnswerTime}. Unread: '{_unread}'", e);
        }
    }
}
