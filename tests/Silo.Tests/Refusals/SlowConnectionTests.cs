using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;

namespace TekSipCloud.Silo.Tests.Refusals;

/// <summary>Connections that begin something and never end it ("slowloris") are cut on every transport, and one address has its bound.</summary>
public sealed class SlowConnectionTests(LimitedHost limited) : IClassFixture<LimitedHost>
{
    /// <summary>Longer than any of the limits, the TLS handshake's 10 s among them, on a machine that has other work.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HostProcess _host = limited.Host;

    [Fact]
    public async Task What_never_ends_is_cut_on_every_transport_and_one_address_has_its_bound()
    {
        await WhatNeverEndsIsCut();
        await OneAddressHasItsBound();
    }

    private async Task WhatNeverEndsIsCut()
    {
        // At the same time, for each takes the time of its limit.
        await Task.WhenAll(
            IsCut("TCP: nothing"), IsCut("TCP: half a message"), IsCut("TLS: no handshake"), IsCut("TLS: half a message"),
            IsCut("WS: half an upgrade"), IsCut("WS: a fragment that never ends"), IsCut("WSS: no handshake"));

        // Those that got as far as SIP were cut by its limits.
        Assert.Equal(4, await ReadFigure("teksip_sip_connections_cut_total{reason=\"NoFirstMessage\"}"));
    }

    private async Task OneAddressHasItsBound()
    {
        var sockets = new List<Socket>();
        try
        {
            // Held open by the HTTP port, which waits for a request; one more of the same address is refused.
            var isRefused = false;
            for (var i = 0; i <= LimitedHost.MaxConnections && !isRefused; i++)
                isRefused = !await TryConnect(_host.Ports.Http, sockets);

            // Any of them: those cut before may leave in between, and make room for the last.
            if (!isRefused)
                await Task.WhenAny(sockets.Select(socket => ReadToEnd(new NetworkStream(socket)))).WaitAsync(Patience);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }

        // The counter is read by a connection of the same address, which has room again.
        await Poll.Until(
            "the refusal is counted", () => ReadFigure("teksip_connections_refused_total"), refused => refused > 0, Patience);
    }

    private async Task IsCut(string what)
    {
        using var socket = await Connect(PortOf(what));
        await using var stream = await Begin(what, socket);
        try
        {
            await ReadToEnd(stream).WaitAsync(Patience);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{what} was not cut.", e);
        }
    }

    private int PortOf(string what) => what.Split(':')[0] switch
    {
        "TCP" => _host.Ports.Sip,
        "TLS" => _host.Ports.Sips,
        "WS" => _host.Ports.Http,
        _ => _host.Ports.Https,
    };

    private async Task<Stream> Begin(string what, Socket socket)
    {
        Stream stream = new NetworkStream(socket, ownsSocket: false);
        if (what == "TLS: half a message")
        {
            var tls = new SslStream(stream, leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate is not null);
            await tls.AuthenticateAsClientAsync(HostProcess.Domain);
            stream = tls;
        }

        if (what.EndsWith("message", StringComparison.Ordinal))
            await stream.WriteAsync("OPTIONS sip:rig.test SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK1\r\n"u8.ToArray());
        else if (what.EndsWith("upgrade", StringComparison.Ordinal))
            await stream.WriteAsync("GET /ws HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n"u8.ToArray());
        else if (what.EndsWith("never ends", StringComparison.Ordinal))
            await Upgrade(stream);
        return stream;
    }

    /// <summary>Opens a WebSocket and begins a message in it: one byte of text, not the last frame, masked with zeros.</summary>
    private async Task Upgrade(Stream stream)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{_host.Ports.Http}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: sip\r\n\r\n"));
        var answer = new byte[1];
        await stream.ReadExactlyAsync(answer).AsTask().WaitAsync(Patience);
        Assert.Equal((byte)'H', answer[0]);
        await stream.WriteAsync(new byte[] { 0x01, 0x81, 0, 0, 0, 0, (byte)'O' });
    }

    /// <summary>A refusal may be as quick as the connection's own completion, which then tells of a reset.</summary>
    private static async Task<bool> TryConnect(int port, List<Socket> connected)
    {
        try
        {
            connected.Add(await Connect(port));
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return false;
        }
    }

    private static async Task<Socket> Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }

    private static async Task ReadToEnd(Stream stream)
    {
        try
        {
            await stream.CopyToAsync(Stream.Null);
        }
        catch (IOException)
        {
            // Reset by the server.
        }
    }

    private async Task<double> ReadFigure(string name)
    {
        try
        {
            var page = await _host.Rest.Http.GetStringAsync("/metrics");
            var line = page.Split('\n').FirstOrDefault(l => l.StartsWith($"{name} ", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (HttpRequestException)
        {
            // Refused itself, for as long as the server has not noticed that the others are gone.
            return 0;
        }
    }
}
