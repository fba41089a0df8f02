using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
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
using TekSipCloud.Silo.Certificates;
using TekSipCloud.Testing;

namespace TekSipCloud.Silo.Tests.Certificates;

/// <summary>Real handshakes on loopback: SNI, hot swap, mutual TLS, and what is learnt of those that fail.</summary>
public sealed class HandshakeTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private readonly StoreBench _bench = new();
    private WebApplication? _server;
    private CertificateStore _store = null!;
    private HandshakeFailures _failures = null!;
    private IPEndPoint _tls = null!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _bench.Dispose();
    }

    [Fact]
    public async Task Each_name_gets_its_certificate()
    {
        _bench.Write("a.pem", _bench.Issue("a.example.com"));
        _bench.Write("b.pem", _bench.Issue("b.example.com"));
        await Serve();

        await using var a = await Connect("a.example.com");
        await using var b = await Connect("b.example.com");

        Assert.Equal(_store.Find("a.example.com")!.Certificate.Thumbprint, Shown(a));
        Assert.Equal(_store.Find("b.example.com")!.Certificate.Thumbprint, Shown(b));
    }

    [Fact]
    public async Task A_swapped_certificate_is_shown_to_new_connections_while_old_ones_go_on()
    {
        _bench.Write("a.pem", _bench.Issue("a.example.com"));
        await Serve();
        await using var before = await Connect("a.example.com");
        Assert.Equal("echo 1", await Ask(before, "echo 1"));

        _bench.Write("a.pem", _bench.Issue("a.example.com"));
        _store.Check();
        await using var after = await Connect("a.example.com");

        Assert.NotEqual(Shown(before), Shown(after));
        Assert.Equal("echo 2", await Ask(before, "echo 2"));
        Assert.Equal("echo 3", await Ask(after, "echo 3"));
    }

    [Fact]
    public async Task A_client_that_does_not_trust_us_is_told_of_with_its_reason_and_the_name_it_asked_for()
    {
        await Serve();

        await using var client = ChildProcess.Start("openssl",
            ["s_client", "-connect", $"{_tls}", "-servername", "a.example.com", "-verify_return_error", "-no-CAfile", "-no-CApath"]);

        var (kind, count) = await AwaitFailure();
        Assert.Equal((IPAddress.Loopback, "a.example.com", 1), (kind.Source, kind.ServerName, count));
        Assert.StartsWith("It broke off, saying: ", kind.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_TLS_is_a_failure_and_a_look_at_the_port_is_none()
    {
        await Serve();
        using (var look = new TcpClient())
            await look.ConnectAsync(_tls);
        using var stranger = new TcpClient();
        await stranger.ConnectAsync(_tls);
        await stranger.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());

        var (kind, _) = await AwaitFailure();
        Assert.Equal("", kind.ServerName);
        Assert.Equal(1, _failures.Total);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, true)]
    [InlineData(SslProtocols.Tls13, true)]
#pragma warning disable CA5397, SYSLIB0039 // That they are refused is what is tested.
    [InlineData(SslProtocols.Tls11, false)]
#pragma warning restore CA5397, SYSLIB0039
    public async Task Only_TLS_from_1_2_on_is_spoken(SslProtocols version, bool isSpoken)
    {
        await Serve();

        Assert.Equal(isSpoken, await CanConnect(version: version));
    }

    [Theory]
    [InlineData(ClientCertificates.Off, false, true)]
    [InlineData(ClientCertificates.Requested, false, true)]
    [InlineData(ClientCertificates.Required, false, false)]
    [InlineData(ClientCertificates.Required, true, true)]
    public async Task A_client_shows_a_certificate_where_it_must(ClientCertificates mode, bool hasOne, bool isServed)
    {
        await Serve(mode);
        using var own = hasOne ? _bench.Issue("peer.example.com") : null;

        Assert.Equal(isServed, await CanConnect(own));
        if (!isServed)
            Assert.Equal("It showed no certificate.", (await AwaitFailure()).Kind.Reason);
    }

    [Theory]
    [InlineData(ClientCertificates.Requested)]
    [InlineData(ClientCertificates.Required)]
    public async Task A_clients_certificate_of_a_strange_authority_is_refused(ClientCertificates mode)
    {
        await Serve(mode);
        using var stranger = new TekSipCloud.Testing.Certificates.TestAuthority("Stranger");
        using var own = stranger.Issue("peer.example.com");

        Assert.False(await CanConnect(own));
        Assert.StartsWith("Its certificate is not trusted: ", (await AwaitFailure()).Kind.Reason, StringComparison.Ordinal);
    }

    private static string Shown(SslStream stream) => ((X509Certificate2)stream.RemoteCertificate!).Thumbprint;

    private static async Task<string> Ask(SslStream stream, string text)
    {
        using var deadline = new CancellationTokenSource(Soon);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), deadline.Token);
        var buffer = new byte[100];
        return Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, deadline.Token));
    }

    private Task<(HandshakeFailures.Kind Kind, int Count)> AwaitFailure() => Poll.UntilSeen(
        "a failed handshake", () => _failures.Take(1) is [var failure] ? failure : default, taken => taken.Count > 0, Soon);

    /// <summary>In TLS 1.3 a client learns that it was refused from its first answer.</summary>
    private async Task<bool> CanConnect(X509Certificate2? own = null, SslProtocols version = SslProtocols.None)
    {
        try
        {
            await using var stream = await Connect("a.example.com", own, version);
            return await Ask(stream, "hello") == "hello";
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return false;
        }
    }

    private async Task<SslStream> Connect(
        string name, X509Certificate2? own = null, SslProtocols version = SslProtocols.None)
    {
        var client = new TcpClient();
        await client.ConnectAsync(_tls);
        var stream = new SslStream(client.GetStream());
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = name,
            EnabledSslProtocols = version,
            RemoteCertificateValidationCallback = (_, _, _, errors) => errors != SslPolicyErrors.RemoteCertificateNotAvailable,
            ClientCertificates = own is null ? null : [own],
        };
        using var deadline = new CancellationTokenSource(Soon);
        await stream.AuthenticateAsClientAsync(options, deadline.Token);
        return stream;
    }

    private async Task Serve(ClientCertificates mode = ClientCertificates.Off)
    {
        _bench.Options.ClientCertificates = mode;
        _bench.Options.ClientAuthorities = mode == ClientCertificates.Off ? "" : _bench.Write("../clients.pem", _bench.Authority.Pem);
        _store = _bench.Open();
        _failures = new HandshakeFailures();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        builder.AddCertificates();
        builder.Services.AddSingleton(_store);
        builder.Services.AddSingleton(_failures);
        builder.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(_bench.Options));
        foreach (var worker in builder.Services.Where(s => s.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService)).ToArray())
            builder.Services.Remove(worker);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.None;
            listen.UseStoredCertificates(isSip: true);
            listen.Run(Echo);
        }));
        _server = builder.Build();
        await _server.StartAsync();
        var address = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        _tls = new IPEndPoint(IPAddress.Loopback, new Uri(address).Port);
    }

    private static async Task Echo(ConnectionContext connection) =>
        await connection.Transport.Input.CopyToAsync(connection.Transport.Output);
}
