using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Transports;

/// <summary>Connections accepted by Kestrel and opened from here, over real sockets on loopback.</summary>
public sealed class StreamTransportTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private readonly RecordingReceiver _receiver = new();
    private readonly X509Certificate2 _certificate = TransportBench.SelfSigned("sip.example.com");
    private SipTransportLayer _layer = null!;
    private WebApplication _server = null!;
    private IPEndPoint _tcp = null!;
    private IPEndPoint _tls = null!;

    public ValueTask InitializeAsync() => Start(new SipTransportOptions { MaxConnectionsPerAddress = 3, MaxQueuedBytes = 256 << 10 });

    public async ValueTask DisposeAsync()
    {
        await _layer.DisposeAsync();
        await _server.DisposeAsync();
        _certificate.Dispose();
    }

    [Fact]
    public async Task Messages_cut_anywhere_arrive_whole_and_in_order()
    {
        using var phone = await Connect();
        byte[] bytes = [.. TransportBench.Options("c1", 700), .. "\r\n"u8, .. TransportBench.Options("c2")];
        foreach (var piece in bytes.Chunk(97))
            await phone.SendAsync(piece);

        Assert.Equal("Options c1", (await _receiver.Next()).What);
        var (what, flow) = await _receiver.Next();
        Assert.Equal("Options c2", what);
        Assert.Equal(SipTransportProtocol.Tcp, flow.Protocol);
        Assert.Equal(phone.LocalEndPoint, flow.Remote);
        Assert.Equal(_tcp, flow.Local);
    }

    [Fact]
    public async Task What_is_sent_on_a_flow_reaches_the_phone()
    {
        using var phone = await Connect();
        await phone.SendAsync(TransportBench.Options("c1"));
        var (_, flow) = await _receiver.Next();

        Assert.True(flow.Send("SIP/2.0 200 OK\r\n"u8));
        Assert.Equal("SIP/2.0 200 OK\r\n", await phone.Receive());
    }

    [Fact]
    public async Task A_double_CRLF_is_answered_by_one_RFC_5626()
    {
        using var phone = await Connect();
        await phone.SendAsync("\r\n\r\n"u8.ToArray());

        Assert.Equal("\r\n", await phone.Receive());
    }

    [Fact]
    public async Task A_line_end_alone_is_no_message_that_has_begun()
    {
        using var phone = await Connect();
        await phone.SendAsync(TransportBench.Options("c1"));
        await _receiver.Next();
        await phone.SendAsync("\r\n\r\n\r\n"u8.ToArray());
        Assert.Equal("\r\n", await phone.Receive());
        _clock.Advance(TimeSpan.FromSeconds(30));
        await Ping(phone);

        Assert.Equal(1, _layer.Connections);
    }

    [Fact]
    public async Task A_message_without_Content_Length_is_answered_then_the_connection_closes()
    {
        _receiver.OnEach = (flow, _) => flow.Send("SIP/2.0 400 Bad\r\n"u8);
        using var phone = await Connect();
        var text = Encoding.ASCII.GetString(TransportBench.Options("c1")).Replace("Content-Length: 0\r\n", "", StringComparison.Ordinal);
        await phone.SendAsync(Encoding.ASCII.GetBytes(text));

        Assert.Equal("malformed MissingHeader", (await _receiver.Next()).What);
        Assert.Equal("SIP/2.0 400 Bad\r\n", await new NetworkStream(phone).ReceiveAll());
        Assert.Equal("closed", (await _receiver.Next()).What);
    }

    [Fact]
    public async Task A_malformed_message_with_a_good_length_leaves_the_connection_open()
    {
        using var phone = await Connect();
        await phone.SendAsync("BAD\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        await phone.SendAsync(TransportBench.Options("c2"));

        Assert.StartsWith("malformed", (await _receiver.Next()).What, StringComparison.Ordinal);
        Assert.Equal("Options c2", (await _receiver.Next()).What);
    }

    [Fact]
    public async Task A_peer_that_has_no_more_to_say_still_gets_its_answer()
    {
        var handled = new TaskCompletionSource();
        _receiver.Handled = handled.Task;
        using var phone = await Connect();
        await using var stream = new NetworkStream(phone);
        await stream.WriteAsync(TransportBench.Options("c1"));
        phone.Shutdown(SocketShutdown.Send);
        var (_, flow) = await _receiver.Next();

        Assert.True(flow.Send("SIP/2.0 200 OK\r\n"u8));
        handled.SetResult();

        Assert.Equal("SIP/2.0 200 OK\r\n", await stream.ReceiveAll());
        Assert.Equal("closed", (await _receiver.Next()).What);
    }

    [Fact]
    public async Task A_peer_whose_requests_take_too_long_is_not_waited_for_for_ever()
    {
        _receiver.Handled = new TaskCompletionSource().Task;
        using var phone = await Connect();
        await phone.SendAsync(TransportBench.Options("c1"));
        phone.Shutdown(SocketShutdown.Send);
        await _receiver.Next();

        Assert.Equal("closed", (await _receiver.NextAfter(_clock, new SipTransportOptions().WriteTimeout)).What);
    }

    [Fact]
    public async Task A_phone_that_hangs_up_closes_its_flow_once()
    {
        var phone = await Connect();
        await phone.SendAsync(TransportBench.Options("c1"));
        var (_, flow) = await _receiver.Next();
        phone.Dispose();

        Assert.Equal(("closed", flow), await _receiver.Next());
        Assert.False(flow.IsOpen);
        Assert.False(flow.Send("late"u8));
        Assert.Equal(0, _layer.Connections);
    }

    [Fact]
    public async Task A_connection_without_a_message_is_cut_after_the_first_message_time()
    {
        using var phone = await Connect();
        await Ping(phone);

        Assert.Equal("closed", (await _receiver.NextAfter(_clock, TimeSpan.FromSeconds(12))).What);
    }

    [Fact]
    public async Task A_message_that_never_ends_is_cut_after_the_message_time()
    {
        using var phone = await Connect();
        await phone.SendAsync(TransportBench.Options("c1"));
        await _receiver.Next();
        await phone.SendAsync("\r\n\r\nOPTIONS sip:"u8.ToArray());
        Assert.Equal("\r\n", await phone.Receive());

        Assert.Equal("closed", (await _receiver.NextAfter(_clock, TimeSpan.FromSeconds(12))).What);
    }

    [Fact]
    public async Task An_idle_connection_is_cut_and_one_in_use_is_not()
    {
        using var phone = await Connect();
        await phone.SendAsync(TransportBench.Options("c1"));
        await _receiver.Next();
        _clock.Advance(TimeSpan.FromMinutes(14));
        await Ping(phone);
        _clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(1, _layer.Connections);

        Assert.Equal("closed", (await _receiver.NextAfter(_clock, TimeSpan.FromMinutes(2))).What);
    }

    [Fact]
    public async Task A_peer_that_does_not_read_is_closed_instead_of_filling_memory()
    {
        using var phone = await Connect();
        await phone.SendAsync(TransportBench.Options("c1"));
        var (_, flow) = await _receiver.Next();
        var message = new byte[32 << 10];
        var sent = 0;
        while (flow.Send(message))
            Assert.True(++sent < 100_000, "Sending never met the limit.");

        Assert.Equal(("closed", flow), await _receiver.Next());
    }

    [Fact]
    public async Task More_connections_from_one_address_than_allowed_are_refused()
    {
        using var first = await Connect();
        using var second = await Connect();
        using var third = await Connect();
        await Ping(first);
        await Ping(second);
        await Ping(third);

        Assert.Equal("", await ConnectAndReceiveAll());
        Assert.Equal(3, _layer.Connections);
        Assert.Equal(1, _layer.Refused);
    }

    [Fact]
    public async Task An_open_connection_is_found_by_its_remote_end_and_its_number()
    {
        using var phone = await Connect();
        await phone.SendAsync(TransportBench.Options("c1"));
        var (_, flow) = await _receiver.Next();

        Assert.Same(flow, await _layer.OpenFlow(new SipTarget(SipTransportProtocol.Tcp, flow.Remote)));
        Assert.True(_layer.TryFindFlow(flow.Id, out var byId));
        Assert.Same(flow, byId);
        Assert.False(_layer.TryFindFlow(SipTransportProtocol.Tls, flow.Remote, out _));
    }

    [Fact]
    public async Task A_TCP_connection_is_opened_once_and_used_again()
    {
        var target = new SipTarget(SipTransportProtocol.Tcp, _tcp);
        var both = await Task.WhenAll(_layer.OpenFlow(target).AsTask(), _layer.OpenFlow(target).AsTask()).WaitAsync(TransportBench.Soon);

        Assert.NotNull(both[0]);
        Assert.Same(both[0], both[1]);
        both[0]!.Send(TransportBench.Options("out"));
        Assert.Equal("Options out", (await _receiver.Next()).What);
    }

    [Fact]
    public async Task Nobody_listening_is_no_flow_and_no_exception()
    {
        var nowhere = new TcpListener(TransportBench.AnyPort);
        nowhere.Start();
        var endpoint = (IPEndPoint)nowhere.LocalEndpoint;
        nowhere.Stop();

        Assert.Null(await _layer.OpenFlow(new SipTarget(SipTransportProtocol.Tcp, endpoint)).AsTask().WaitAsync(TransportBench.Soon));
    }

    [Fact]
    public async Task TLS_without_ALPN_carries_SIP()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_tls);
        await using var phone = new SslStream(socket.GetStream(), false, (_, _, _, errors) => errors != SslPolicyErrors.RemoteCertificateNotAvailable);
        await phone.AuthenticateAsClientAsync("sip.example.com");
        await phone.WriteAsync(TransportBench.Options("tls"));

        var (what, flow) = await _receiver.Next();
        Assert.Equal("Options tls", what);
        Assert.Equal(SipTransportProtocol.Tls, flow.Protocol);
        Assert.Equal(default, phone.NegotiatedApplicationProtocol);
    }

    [Fact]
    public async Task Closing_a_flow_sends_what_is_queued_first()
    {
        using var phone = await Connect();
        await phone.SendAsync(TransportBench.Options("c1"));
        var (_, flow) = await _receiver.Next();
        flow.Send("last words"u8);
        flow.Close();

        Assert.Equal("last words", await new NetworkStream(phone).ReceiveAll());
        Assert.Equal("closed", (await _receiver.Next()).What);
    }

    [Fact]
    public async Task A_stopping_server_does_not_wait_for_its_phones()
    {
        using var phone = await Connect();
        await Ping(phone);
        await _server.StopAsync().WaitAsync(TransportBench.Soon);

        Assert.Equal("closed", (await _receiver.Next()).What);
    }

    [Fact]
    public async Task Stopping_closes_every_connection()
    {
        using var phone = await Connect();
        await Ping(phone);
        await _layer.DisposeAsync().AsTask().WaitAsync(TransportBench.Soon);

        Assert.Equal("", await new NetworkStream(phone).ReceiveAll());
        Assert.Equal(0, _layer.Connections);
    }

    private async ValueTask Start(SipTransportOptions options)
    {
        _layer = TransportBench.Layer(_receiver, options, _clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_layer);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(TransportBench.AnyPort, listen => listen.UseConnectionHandler<SipConnectionHandler>());
            kestrel.Listen(TransportBench.AnyPort, listen =>
            {
                listen.Protocols = HttpProtocols.None;
                listen.UseHttps(_certificate);
                listen.UseConnectionHandler<SipConnectionHandler>();
            });
        });
        _server = builder.Build();
        await _server.StartAsync();
        var addresses = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        _tcp = new IPEndPoint(IPAddress.Loopback, new Uri(addresses[0]).Port);
        _tls = new IPEndPoint(IPAddress.Loopback, new Uri(addresses[1]).Port);
    }

    /// <summary>What a connection brings until its end; the end may come as a reset before the connect call is through.</summary>
    private async Task<string> ConnectAndReceiveAll()
    {
        try
        {
            using var socket = await Connect();
            return await new NetworkStream(socket).ReceiveAll();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return "";
        }
    }

    private async Task<Socket> Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_tcp);
        return socket;
    }

    private static async Task Ping(Socket phone)
    {
        await phone.SendAsync("\r\n\r\n"u8.ToArray());
        Assert.Equal("\r\n", await phone.Receive());
    }
}
