using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Sip.Transports.WebSockets;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Transports.WebSockets;

/// <summary>A web server on loopback whose <c>/ws</c> leads to a transport layer with a clock that the test moves.</summary>
internal sealed class WebSocketHost : IAsyncDisposable
{
    private readonly WebApplication _server;

    private WebSocketHost(WebApplication server, SipTransportLayer layer, RecordingReceiver receiver, FakeClock clock)
    {
        (_server, Layer, Receiver, Clock) = (server, layer, receiver, clock);
        var addresses = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        Http = new IPEndPoint(IPAddress.Loopback, new Uri(addresses[0]).Port);
        Https = new IPEndPoint(IPAddress.Loopback, new Uri(addresses[1]).Port);
    }

    public SipTransportLayer Layer { get; }

    public RecordingReceiver Receiver { get; }

    public FakeClock Clock { get; }

    public IPEndPoint Http { get; }

    public IPEndPoint Https { get; }

    public static async Task<WebSocketHost> Start(SipTransportOptions options, X509Certificate2 certificate)
    {
        var clock = new FakeClock();
        var receiver = new RecordingReceiver();
        var layer = TransportBench.Layer(receiver, options, clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(TransportBench.AnyPort);
            kestrel.Listen(TransportBench.AnyPort, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(certificate);
            });
        });
        var server = builder.Build();
        server.Map("/ws", new SipWebSocketHandler(layer).Serve);
        await server.StartAsync();
        return new(server, layer, receiver, clock);
    }

    /// <summary>A client that did everything right.</summary>
    public async Task<ClientWebSocket> Connect()
    {
        var client = new ClientWebSocket();
        client.Options.AddSubProtocol("sip");
        client.Options.KeepAliveInterval = TimeSpan.Zero;
        using var limit = new CancellationTokenSource(TransportBench.Soon);
        await client.ConnectAsync(new Uri($"ws://{Http}/ws"), limit.Token);
        return client;
    }

    /// <summary>Sends a request by hand and gives the connection with what was answered up to the empty line.</summary>
    public async Task<(Socket Socket, string Answer)> Ask(params string[] headers)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Http);
        string[] lines = ["GET /ws HTTP/1.1", $"Host: {Http}", .. headers, "", ""];
        await socket.SendAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", lines)));
        var answer = "";
        while (!answer.Contains("\r\n\r\n", StringComparison.Ordinal) && await socket.Receive() is { Length: > 0 } more)
            answer += more;
        return (socket, answer);
    }

    /// <summary>A connection that is a WebSocket, to be spoken to in raw frames.</summary>
    public async Task<Socket> ConnectRaw()
    {
        var (socket, answer) = await Ask(Opening);
        Assert.StartsWith("HTTP/1.1 101 ", answer, StringComparison.Ordinal);
        return socket;
    }

    /// <summary>RFC 6455 §1.2's opening, with its key.</summary>
    public static string[] Opening =>
    [
        "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol: sip",
    ];

    public Task Stop() => _server.StopAsync().WaitAsync(TransportBench.Soon);

    public async ValueTask DisposeAsync()
    {
        await Layer.DisposeAsync();
        await _server.DisposeAsync();
    }
}
