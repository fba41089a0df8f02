using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Gateway.Overload;
using TekSipCloud.Gateway.Registrar;
using TekSipCloud.Gateway.WebSockets;
using TekSipCloud.Media.Relay;
using TekSipCloud.Sip;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway;

/// <summary>
/// Opens the gateway when the silo is active, and closes it before the silo leaves: sockets never take what grains cannot answer.
/// </summary>
internal sealed partial class GatewayLifecycle(
    GatewayContext context,
    GatewayLoops loops,
    SipTransportLayer transports,
    GatewayObserverHost observer,
    AdoptedRegistrations adopted,
    GatewayDuties duties,
    OverloadMonitor overload,
    OwnAddresses own,
    ExternalAddress external,
    ITenantDirectory directory,
    ConnectionBudget connections,
    IOptions<SipWebSocketOptions> webSockets,
    IMeterFactory meters,
    ILogger<GatewayLifecycle> logger) : ILifecycleParticipant<ISiloLifecycle>, IReadinessCheck, ISipListeners
{
    private static readonly TimeSpan DrainDeadline = TimeSpan.FromSeconds(5);
    private IGatewayObserver? _reference;
    private volatile bool _isOpen;

    public string Name => "sip";

    public ImmutableArray<SipListener> Open { get; private set; } = [];

    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(GatewayLifecycle), ServiceLifecycleStage.Active, Start, Stop);

    public Task<string?> FindObstacle(CancellationToken cancel) =>
        Task.FromResult(!_isOpen ? "The SIP sockets are not open." : context.Drain.IsDraining ? "The node is being drained." : null);

    private async Task Start(CancellationToken cancel)
    {
        _reference = context.Grains.CreateObjectReference<IGatewayObserver>(observer);
        context.Tenants.Use(_reference);
        await Attach();
        await LoadTenants(cancel);
        await adopted.Load(cancel);

        LoopGateway[] gateways = [.. loops.All.Select(loop => new LoopGateway(context, loop))];
        _ = new SipMetrics(meters, transports, [.. gateways.Select(gateway => gateway.Layer)]);
        _ = new GatewayMetrics(meters, context);
        loops.Start();
        context.Relay.Start();
        TellShortages();
        TellTrust();
        context.Receiver.Open(gateways);
        await external.Begin(cancel);
        Open = OpenSockets();
        context.KeepAlives.Open(gateways);
        duties.Start(Attach);
        overload.Start();
        _isOpen = true;
        LogOpened(own.Advertised, context.Options.SipPort);
    }

    private async Task Stop(CancellationToken cancel)
    {
        if (!_isOpen)
            return;

        _isOpen = false;
        await overload.Stop();
        await duties.Stop();
        context.Outbox.Close();
        await Task.WhenAny(context.Calls.HangUpAll("The server is being stopped."), Task.Delay(DrainDeadline, context.Clock, cancel));
        await context.Outbox.Drain(DrainDeadline);
        await context.Grains.GetGrain<IGatewayGrain>(context.Node.Name).Detach(context.Node.Incarnation);
        await transports.DisposeAsync();
        loops.Dispose();
        context.Relay.Dispose();
        LogClosed();
    }

    /// <summary>What the limit of open files leaves too little for, and what the machine lacks.</summary>
    private void TellShortages()
    {
        if (context.Relay.FileShortage is { } ports)
            context.Events.Write(TenantId.System, EventType.Warning, ports);
        if (MediaRelay.WhyNoDtls is { } lack)
            context.Events.Write(TenantId.System, EventType.Warning, $"Calls with browsers (WebRTC) are not possible: {lack}");
        if (connections.Shortage is not { } shortage)
            return;

        LogFewConnections(shortage);
        context.Events.Write(TenantId.System, EventType.Warning, shortage);
    }

    /// <summary>Whoever runs a lab is to see it, and nobody is to run one unawares.</summary>
    private void TellTrust()
    {
        if (context.Options.TrustedIPNetworks.Count > 0)
        {
            context.Events.Write(
                TenantId.System, EventType.Warning,
                $"Phones in {context.Options.TrustedNetworks} need no credentials where a tenant has turned SIP authentication off.");
        }
    }

    private Task Attach() =>
        context.Grains.GetGrain<IGatewayGrain>(context.Node.Name).Attach(_reference!, context.Node.Incarnation);

    /// <summary>Calls from carriers name no domain of ours: their tenant is known by its destinations, so every tenant is loaded.</summary>
    private async Task LoadTenants(CancellationToken cancel)
    {
        string? cursor = null;
        do
        {
            var page = await directory.List(new(cursor, 1_000), cancel);
            await Parallel.ForEachAsync(page.Items, cancel, async (tenant, _) => await context.Tenants.Load(tenant.Id));
            cursor = page.Cursor;
        }
        while (cursor is not null);
    }

    private ImmutableArray<SipListener> OpenSockets()
    {
        var options = context.Options;
        foreach (var address in options.BindAddresses)
            BindUdp(new IPEndPoint(address, options.SipPort));
        var listeners = ImmutableArray.CreateBuilder<SipListener>();
        listeners.Add(new(Transport.Udp, own.Advertised, options.SipPort));
        listeners.Add(new(Transport.Tcp, own.Advertised, options.SipPort));
        if (options.SipsPort > 0)
            listeners.Add(new(Transport.Tls, own.Advertised, options.SipsPort));
        if (webSockets.Value is { Enabled: true, AllowPlain: true, HttpPort: > 0 and var http })
            listeners.Add(new(Transport.Ws, own.Advertised, http));
        if (webSockets.Value is { Enabled: true, HttpsPort: > 0 and var https })
            listeners.Add(new(Transport.Wss, own.Advertised, https));
        return listeners.ToImmutable();
    }

    private void BindUdp(IPEndPoint endpoint)
    {
        try
        {
            var sockets = Math.Min(context.Options.UdpSockets, loops.All.Count);
            for (var i = 0; i < sockets; i++)
            {
                var loop = context.Options.UdpBatches ? loops.All[i] : null;
                // Port 0 takes a free one; the other sockets join it.
                endpoint = transports.BindUdp(endpoint, loop, isShared: sockets > 1).Bound;
            }
        }
        catch (SocketException e)
        {
            throw new IOException($"Failed to bind to address udp://{endpoint}: {e.Message}.", e);
        }
    }

    [LoggerMessage(4000, LogLevel.Information, "SIP gateway open at {Address}, port {Port}")]
    private partial void LogOpened(string address, int port);

    [LoggerMessage(4007, LogLevel.Warning, "{Shortage}")]
    private partial void LogFewConnections(string shortage);

    [LoggerMessage(4009, LogLevel.Information, "SIP gateway closed")]
    private partial void LogClosed();
}
