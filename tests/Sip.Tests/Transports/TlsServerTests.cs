using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TekSipCloud.Sip.Tls;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing.Certificates;

namespace TekSipCloud.Sip.Tests.Transports;

/// <summary>Connections to a TLS server: whom it must be, and who says so (RFC 5922 §7).</summary>
public sealed class TlsServerTests : IAsyncLifetime
{
    private const string Name = "sip.example.com";
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _stranger = new("Stranger");
    private readonly RecordingReceiver _server = new();
    private readonly List<string> _refusals = [];
    private readonly SipTransportLayer _serving;
    private readonly SipTransportLayer _layer;
    private WebApplication? _host;
    private IPEndPoint _tls = null!;
    private string? _asked;

    public TlsServerTests()
    {
        _serving = TransportBench.Layer(_server);
        _layer = TransportBench.Layer(new RecordingReceiver(), new SipTransportOptions
        {
            OnServerRefused = (_, reason) => _refusals.Add(reason),
            ClientCertificate = () => SslStreamCertificate(),
        });
    }

    private ServerTrust Trust => new(_authority.Pem);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _layer.DisposeAsync();
        await _serving.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        _authority.Dispose();
        _stranger.Dispose();
    }

    [Fact]
    public async Task The_name_asked_for_and_the_name_checked_is_the_domain_of_the_URI()
    {
        await Serve(_authority.Issue(Name));

        var flow = await Open(Name, Trust);

        Assert.True(flow!.Send(TransportBench.Options("named")));
        Assert.Equal("Options named", (await _server.Next()).What);
        Assert.Equal(Name, _asked);
    }

    [Fact]
    public async Task Another_ones_certificate_is_refused_with_the_names_it_has()
    {
        await Serve(_authority.Issue("other.example.com"));

        Assert.Null(await Open(Name, Trust));
        Assert.Equal($"The certificate is not {Name}'s: it names other.example.com.", Assert.Single(_refusals));
    }

    [Fact]
    public async Task An_authority_that_the_destination_does_not_name_is_refused()
    {
        await Serve(_stranger.Issue(Name));

        Assert.Null(await Open(Name, Trust));
        Assert.StartsWith("The certificate is not trusted: ", Assert.Single(_refusals), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_authority_of_its_own_the_systems_decide()
    {
        await Serve(_authority.Issue(Name));

        Assert.Null(await Open(Name, trust: null));
        Assert.StartsWith("The certificate is not trusted: ", Assert.Single(_refusals), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wildcard_is_refused_unless_the_destination_allows_it_RFC_5922_7_2()
    {
        await Serve(_authority.Issue("*.example.com"));

        Assert.Null(await Open(Name, Trust));
        Assert.Contains("by a wildcard only", Assert.Single(_refusals), StringComparison.Ordinal);
        Assert.NotNull(await Open(Name, Trust with { AllowsWildcards = true }));
    }

    [Fact]
    public async Task An_expired_certificate_is_refused()
    {
        var now = TimeProvider.System.GetUtcNow();
        await Serve(_authority.Issue(now.AddDays(-10), now.AddDays(-1), Name));

        Assert.Null(await Open(Name, Trust));
        Assert.Single(_refusals);
    }

    [Fact]
    public async Task A_server_known_by_its_address_must_bear_that_address()
    {
        await Serve(_authority.Issue(Name, "127.0.0.1"));
        Assert.NotNull(await Open(name: null, Trust));
    }

    [Fact]
    public async Task A_checked_name_never_gets_a_connection_that_others_authorities_vouched_for()
    {
        await Serve(_authority.Issue(Name));
        var first = await Open(Name, Trust);

        Assert.Same(first, await Open(Name, Trust));
        Assert.Null(await Open(Name, new ServerTrust(_stranger.Pem)));
        Assert.Null(await Open(Name, trust: null));
    }

    [Fact]
    public async Task A_checked_name_never_gets_a_connection_that_nobody_checked_for_it()
    {
        await Serve(_authority.Issue(Name, "127.0.0.1"));
        var byAddress = await Open(name: null, Trust);

        Assert.NotSame(byAddress, await Open(Name, Trust));
    }

    [Fact]
    public async Task A_server_that_asks_who_we_are_is_shown_our_certificate_and_knows_our_names()
    {
        await Serve(_authority.Issue(Name), ClientCertificateMode.RequireCertificate);

        var flow = await Open(Name, Trust);
        flow!.Send(TransportBench.Options("mutual"));

        Assert.Equal(["us.example.com"], (await _server.Next()).Flow.PeerNames);
    }

    [Theory]
    [InlineData(ClientCertificateMode.RequireCertificate, true)]
    [InlineData(ClientCertificateMode.NoCertificate, false)]
    public async Task Who_has_seen_our_certificate_is_offered_the_connection_RFC_5923_8_1(ClientCertificateMode mode, bool isOffered)
    {
        await Serve(_authority.Issue(Name), mode);
        var flow = await Open(Name, Trust);

        Assert.Equal(isOffered, flow!.OffersAlias);
    }

    private Task<SipFlow?> Open(string? name, ServerTrust? trust) =>
        _layer.OpenFlow(new SipTarget(SipTransportProtocol.Tls, _tls, name, trust)).AsTask().WaitAsync(TransportBench.Soon);

    private System.Net.Security.SslStreamCertificateContext SslStreamCertificate() =>
        System.Net.Security.SslStreamCertificateContext.Create(_authority.Issue("us.example.com"), additionalCertificates: null, offline: true);

    private async Task Serve(X509Certificate2 certificate, ClientCertificateMode mode = ClientCertificateMode.NoCertificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_serving);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(TransportBench.AnyPort, listen =>
        {
            listen.Protocols = HttpProtocols.None;
            listen.UseHttps(https =>
            {
                https.ServerCertificateSelector = (_, name) =>
                {
                    _asked = name;
                    return certificate;
                };
                https.ClientCertificateMode = mode;
                https.AllowAnyClientCertificate();
            });
            listen.UseConnectionHandler<SipConnectionHandler>();
        }));
        _host = builder.Build();
        await _host.StartAsync();
        var address = _host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        _tls = new IPEndPoint(IPAddress.Loopback, new Uri(address).Port);
    }
}
