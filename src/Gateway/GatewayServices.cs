using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Security;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Gateway.Overload;
using TekSipCloud.Gateway.Recordings;
using TekSipCloud.Gateway.Registrar;
using TekSipCloud.Gateway.Sounds;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Gateway.Tracing;
using TekSipCloud.Gateway.Trunks;
using TekSipCloud.Gateway.WebSockets;
using TekSipCloud.Media;
using TekSipCloud.Media.Relay;
using TekSipCloud.Sip.Digest;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Resolution;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Sip.Transports.WebSockets;
using CredentialCache = TekSipCloud.Gateway.Tenants.CredentialCache;

namespace TekSipCloud.Gateway;

/// <summary>Composition of the SIP gateway and its media relay.</summary>
public static class GatewayServices
{
    /// <summary>How long a challenge can be answered: phones keep a nonce for their next requests.</summary>
    private static readonly TimeSpan NonceLifetime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Adds the gateway. Needs a <see cref="NodeIdentity"/>, <see cref="TimeProvider"/>, <see cref="IClusterKeys"/> and the readers of
    /// Contracts from elsewhere, and Kestrel to serve <see cref="SipConnectionHandler"/> on the TCP and TLS ports.
    /// </summary>
    public static IServiceCollection AddSipGateway(this IServiceCollection services)
    {
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SipLimitsOptions>().BindConfiguration(SipLimitsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(s => Limits(s).ToMessageLimits());
        services.AddResolution();
        services.AddOptions<SoundOptions>().BindConfiguration(SoundOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SoundLibrary>();
        services.AddTenantCaches().AddAdmission().AddSignalling().AddRecording().AddMediaRelay();
        services.AddOptions<RelayOptions>().Configure<IOptions<GatewayOptions>>(Follow);
        services.AddSingleton<GatewayLifecycle>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<GatewayLifecycle>());
        services.AddSingleton<IReadinessCheck>(s => s.GetRequiredService<GatewayLifecycle>());
        services.AddSingleton<IMediaPorts, MediaPortRange>();
        services.AddSingleton<ISipListeners>(s => s.GetRequiredService<GatewayLifecycle>());
        return services;
    }

    private static void AddResolution(this IServiceCollection services)
    {
        services.AddOptions<DnsOptions>().BindConfiguration(DnsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<ISipResolver>(s => new SipResolver(
            s.GetRequiredService<IOptions<DnsOptions>>().Value, Options(s).Families, s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<Microsoft.Extensions.Logging.ILoggerFactory>()));
        services.AddSingleton(s => new PenaltyBox(
            s.GetRequiredService<TimeProvider>(), Options(s).TargetPenalty, Options(s).MaxTargetPenalty));
        services.AddSingleton<LargeRequests>();
        services.AddSingleton<ExternalAddress>();
    }

    private static IServiceCollection AddTenantCaches(this IServiceCollection services)
    {
        services.AddSingleton<TenantViews>();
        services.AddSingleton(s => new CredentialCache(
            s.GetRequiredService<IGrainFactory>(), s.GetRequiredService<TimeProvider>(), Options(s).CachedCredentials));
        services.AddSingleton<GatewayCounters>();
        services.AddSingleton<NodeRegistrations>();
        services.AddSingleton<RefreshDesk>();
        services.AddSingleton<KeepAlives>();
        return services.AddSingleton<AdoptedRegistrations>();
    }

    private static IServiceCollection AddAdmission(this IServiceCollection services)
    {
        services.AddSingleton(s => new NonceSource(
            s.GetRequiredService<IClusterKeys>().Derive("nonce"), NodeNumber(s), NonceLifetime, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(_ => new NonceCountWindow());
        services.AddSingleton<DigestVerifier>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<AuthenticationWaiver>();
        services.AddSingleton<FilteredSources>();
        services.AddSingleton<DestinationAddresses>();
        services.AddSingleton<OwnAddresses>();
        services.AddOptions<SourceOptions>().BindConfiguration(SourceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SourceGate>();
        services.AddOptions<OverloadOptions>().BindConfiguration(OverloadOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OverloadControl>();
        services.AddSingleton<NewWorkGate>();
        services.AddSingleton<OverloadMonitor>();
        return services.AddSingleton<RequestAdmission>();
    }

    private static IServiceCollection AddSignalling(this IServiceCollection services)
    {
        services.AddSingleton<NodeToken>();
        services.AddSingleton<IIdSource>(s => new RandomIds($"{s.GetRequiredService<NodeToken>().Own}."));
        services.AddSingleton<GatewayLoops>();
        services.AddSingleton<GatewayReceiver>();
        services.AddSingleton<ServerRefusals>();
        services.AddSingleton(s => BudgetBeside(s.GetRequiredService<MediaRelay>(), Limits(s)));
        services.AddSingleton(s => new SipTransportLayer(
            TransportOptions(s), s.GetRequiredService<SipLimits>(), s.GetRequiredService<GatewayReceiver>(), s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<Microsoft.Extensions.Logging.ILoggerFactory>()));
        services.AddOptions<SipWebSocketOptions>().BindConfiguration(SipWebSocketOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SipWebSocketHandler>();
        services.TryAddSingleton<ISipFlows>(s => s.GetRequiredService<SipTransportLayer>());
        services.AddSingleton(s => new FlowFinder(
            s.GetRequiredService<ISipFlows>(), s.GetRequiredService<NodeIdentity>(), s.GetRequiredService<IGrainFactory>(),
            s.GetRequiredService<GatewayReceiver>().OnClosed));
        services.AddSingleton<CallTable>();
        services.AddSingleton<CallOutbox>();
        services.AddSingleton<CarriedCalls>();
        services.AddSingleton<OtherNodesCalls>();
        services.AddSingleton<NodeDrain>();
        services.AddHostedService<GatewayFarewell>();
        services.AddOptions<HostOptions>().Configure<IOptions<GatewayOptions>>(LeaveTimeToDrain);
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<GatewayContext>(s, Options(s), Limits(s)));
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<CallTraces>(s, Options(s)));
        services.AddSingleton<CarriedMessages>();
        services.AddSingleton<GatewayObserverHost>();
        return services.AddSingleton<GatewayDuties>();
    }

    private static IServiceCollection AddRecording(this IServiceCollection services)
    {
        services.AddOptions<RecordingOptions>().BindConfiguration(RecordingOptions.Section)
            .PostConfigure<IConfiguration>(FindSpool).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RecordingSpool>();
        services.AddSingleton<RecordingUploads>();
        services.AddSingleton<CallRecordings>();
        services.AddHostedService(s => s.GetRequiredService<RecordingUploads>());
        return services.AddHostedService(s => s.GetRequiredService<CallRecordings>());
    }

    private static void FindSpool(RecordingOptions options, IConfiguration configuration)
    {
        if (options.SpoolFolder.Length == 0)
            options.SpoolFolder = Path.Combine(configuration["Storage:DataFolder"] ?? ".data", "recordings");
    }

    /// <summary>The host would give up stopping after 30 s otherwise.</summary>
    private static void LeaveTimeToDrain(HostOptions host, IOptions<GatewayOptions> gateway) => host.ShutdownTimeout += gateway.Value.DrainDeadline;

    /// <summary>Media is bound and advertised like signalling; section Media may advertise another address.</summary>
    private static void Follow(RelayOptions relay, IOptions<GatewayOptions> gateway)
    {
        (relay.FirstPort, relay.LastPort) = gateway.Value.RtpRange;
        var options = gateway.Value;
        relay.BindAddress = TextOf(options.BindAddresses, AddressFamily.InterNetwork);
        relay.BindAddressV6 = TextOf(options.BindAddresses, AddressFamily.InterNetworkV6) ?? relay.BindAddressV6;
        // A name has addresses later: see ExternalAddress.
        relay.ExternalAddress ??= TextOf(options.ExternalAddresses, AddressFamily.InterNetwork);
        relay.ExternalAddressV6 ??= TextOf(options.ExternalAddresses, AddressFamily.InterNetworkV6);
    }

    private static string? TextOf(IEnumerable<IPAddress> addresses, AddressFamily family) =>
        addresses.FirstOrDefault(a => a.AddressFamily == family)?.ToString();

    private static SipTransportOptions TransportOptions(IServiceProvider services)
    {
        var options = Options(services);
        return Limits(services).Bound(services.GetRequiredService<ConnectionBudget>(), new SipTransportOptions
        {
            AdvertisedHost = options.ExternalHostOf(AddressFamily.InterNetwork),
            AdvertisedHostV6 = options.ExternalHostOf(AddressFamily.InterNetworkV6),
            TcpPort = options.SipPort,
            TlsPort = options.SipsPort,
            TcpAliases = options.TcpAliases,
            WebSocketPing = services.GetRequiredService<IOptions<SipWebSocketOptions>>().Value.Ping,
            OnServerRefused = services.GetRequiredService<ServerRefusals>().Add,
            ClientCertificate = services.GetService<IClientCertificate>() is { } own ? () => own.Context : null,
            SourceGate = services.GetRequiredService<SourceGate>(),
        });
    }

    private static ConnectionBudget BudgetBeside(MediaRelay relay, SipLimitsOptions limits) =>
        new(limits, relay.OpenFileLimit, relay.MaxFiles, relay.NeededFiles);

    private static uint NodeNumber(IServiceProvider services)
    {
        var node = services.GetRequiredService<NodeIdentity>();
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{node.Name}.{node.Incarnation}")));
    }

    private static SipLimitsOptions Limits(IServiceProvider services) => services.GetRequiredService<IOptions<SipLimitsOptions>>().Value;

    private static GatewayOptions Options(IServiceProvider services) => services.GetRequiredService<IOptions<GatewayOptions>>().Value;
}
