using Microsoft.Extensions.DependencyInjection;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Gateway.Recordings;
using TekSipCloud.Gateway.Registrar;
using TekSipCloud.Gateway.Sounds;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Gateway.Tests.Cluster;
using TekSipCloud.Gateway.Tracing;
using TekSipCloud.Gateway.Trunks;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing;

namespace TekSipCloud.Gateway.Tests.Scripts;

/// <summary>
/// A whole gateway in memory, its loop and clock driven by hand: only sockets, clock and cluster are the test's. Reads like a ladder:
/// a phone sends, another gets, time passes.
/// </summary>
internal sealed partial class SipScript : IAsyncDisposable
{
    public static readonly TenantId Tenant = new("default");
    public const string Domain = "example.com";

    private readonly ErrorLog _log = new();
    private readonly ServiceProvider _services;
    private int _phones;

    // Computed once for all scripts, so that what is played there is played at once.
    static SipScript() => Task.WaitAll(Enum.GetValues<SoundKind>().Select(DefaultClips.Of));

    public SipScript(int mediaPorts = 64, params (string Name, string Value)[] settings)
    {
        Grains = new InMemoryGrains(Clock);
        Directory = new InMemoryDirectory(Grains);
        Leases = new InMemoryLeases(Grains.Weather);
        AddTenant(Tenant, Domain);
        _services = ScriptServices.Build(this, _log, mediaPorts, settings);
        Context = _services.GetRequiredService<GatewayContext>();
        Context.Tenants.Use(_services.GetRequiredService<GatewayObserverHost>());
        Gateways = [.. Loops.All.Select(loop => new LoopGateway(Context, loop))];
        Receiver.Open(Gateways);
        Context.KeepAlives.Open(Gateways);
        Context.Relay.Start();
    }

    public FakeClock Clock { get; } = new();

    public InMemoryGrains Grains { get; }

    /// <summary>The nodes that are known, beside this one.</summary>
    public InMemoryLeases Leases { get; }

    public InMemoryJournal Journal { get; } = new();

    public InMemoryDirectory Directory { get; }

    public PhoneFlows Flows { get; } = new();

    public PlainSecrets Secrets { get; } = new();

    public KeptEvents Events { get; } = new();

    /// <summary>What storage has of recordings.</summary>
    public KeptRecordings Recordings { get; } = new();

    /// <summary>What an earlier start of the node left.</summary>
    public StoredRegistrations Stored { get; } = new();

    /// <summary>What storage has of the tenants' sounds.</summary>
    public KeptSounds Sounds { get; } = new();

    /// <summary>Writes recordings, once it is started.</summary>
    public CallRecordings Writer => _services.GetRequiredService<CallRecordings>();

    /// <summary>Brings recordings to storage, once it is started.</summary>
    public RecordingUploads Uploads => _services.GetRequiredService<RecordingUploads>();

    public CarriedCalls Carried => _services.GetRequiredService<CarriedCalls>();

    public AdoptedRegistrations Adopted => _services.GetRequiredService<AdoptedRegistrations>();

    public LiteralResolver Names { get; } = new();

    public GatewayContext Context { get; }

    /// <summary>What the gateway's parsers refuse for its size.</summary>
    public SipLimits Limits => _services.GetRequiredService<SipLimits>();

    /// <summary>One for each loop: nearly every script has one.</summary>
    public IReadOnlyList<LoopGateway> Gateways { get; }

    public LoopGateway Gateway => Gateways[0];

    private GatewayLoops Loops => _services.GetRequiredService<GatewayLoops>();

    public SignallingLoop Loop => Gateway.Loop;

    public GatewayReceiver Receiver => Context.Receiver;

    /// <summary>What grains tell the gateway.</summary>
    public GatewayObserverHost Observer => _services.GetRequiredService<GatewayObserverHost>();

    public CallTraces Traces => _services.GetRequiredService<CallTraces>();

    public InMemoryTenant AddTenant(TenantId id, string domain, TenantSettings? settings = null) =>
        Grains.Add(new Tenant(id, domain, domain, [domain], true, settings ?? new(), Clock.GetUtcNow()));

    /// <summary>Other settings for a tenant, told as news.</summary>
    public void Configure(Func<TenantSettings, TenantSettings> change, TenantId? tenant = null)
    {
        var changed = Grains.Tenant(tenant ?? Tenant);
        changed.Tenant = changed.Tenant with { Settings = change(changed.Tenant.Settings) };
        Tell(changed.News());
    }

    public void Tell(TenantNews news)
    {
        _ = Observer.OnNews(news);
        Settle();
    }

    /// <summary>An extension with password <c>secret-</c> and its number.</summary>
    public void AddExtension(string username, Func<Extension, Extension>? change = null, TenantId? tenant = null)
    {
        var id = tenant ?? Tenant;
        var realm = Grains.Tenant(id).Tenant.Realm;
        var extension = new Extension { Username = username };
        var secret = $"{username}:{realm}:secret-{username}";
        var sha = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));
        Grains.Extension(id, username).Credentials = new(change?.Invoke(extension) ?? extension, [.. Convert.FromHexString(Md5.Hex(secret))], [.. sha]);
    }

    /// <summary>A phone of an extension; the extension is added if it is not there.</summary>
    public Phone Phone(
        string username, TenantId? tenant = null, string? remote = null, SipTransportProtocol protocol = SipTransportProtocol.Udp,
        string? password = null)
    {
        var id = tenant ?? Tenant;
        if (Grains.Extension(id, username).Credentials is null)
            AddExtension(username, tenant: id);

        return Stranger(username, Grains.Tenant(id).Tenant.Domains[0], remote, protocol, password);
    }

    /// <summary>A phone of nobody.</summary>
    public Phone Stranger(
        string username, string domain = Domain, string? remote = null, SipTransportProtocol protocol = SipTransportProtocol.Udp,
        string? password = null)
    {
        var flow = Flows.Add(protocol, remote ?? $"192.0.2.{10 + _phones++}:5060");
        return new Phone(this, flow, username, password ?? $"secret-{username}", domain);
    }

    /// <summary>A phone that is registered already.</summary>
    public Phone Registered(string username, TenantId? tenant = null, string? remote = null) => Phone(username, tenant, remote).Registers();

    /// <summary>A destination, and the carrier behind it.</summary>
    public Phone Carrier(string name, Func<Destination, Destination>? change = null, string? password = null)
    {
        var carrier = Stranger(name, Domain);
        var destination = new Destination { Name = name, Gateway = carrier.Address, Username = "account" };
        destination = change?.Invoke(destination) ?? destination;
        var key = new DestinationKey(Tenant, name);
        var tenant = Grains.Tenant(Tenant);
        tenant.Destinations.Add(new(destination, password is null ? null : Secrets.Protect(password, key.PasswordPurpose)));
        Tell(tenant.News());
        return carrier;
    }

    public void AddRoute(string prefix, string destination, int order = 0)
    {
        var tenant = Grains.Tenant(Tenant);
        tenant.Routes.Add(new Route { Id = $"{prefix}-{order}", Prefix = prefix, Destination = destination, Order = order });
        Tell(tenant.News());
    }

    /// <summary>Brings bytes as the transports do: by UDP on the loop itself, by others, or when it is busy, by its queue.</summary>
    public void Receive(PhoneFlow flow, string text)
    {
        var bytes = Change?.Invoke(SipText.Bytes(text)) ?? SipText.Bytes(text);
        if (Deliver is { } deliver)
        {
            deliver(flow, bytes);
            return;
        }

        if (IsBusy || flow.IsReliable)
            Take(flow, bytes);
        else
            Loop.Post(() => Take(flow, bytes));
        if (!IsBusy)
            Settle();
    }

    /// <summary>What happens to the bytes of a message on its way; nothing when it is null.</summary>
    public Func<byte[], byte[]>? Change { get; set; }

    /// <summary>Brings the bytes of a message in the script's place; null when it does so itself.</summary>
    public Action<PhoneFlow, byte[]>? Deliver { get; set; }

    /// <summary>Whether the loop is busy elsewhere, so that what comes queues up until <see cref="Settle"/>.</summary>
    public bool IsBusy { get; set; }

    /// <summary>A transport lends its message and uses the buffer for the next: whoever kept a piece of it finds something else.</summary>
    private void Take(PhoneFlow flow, byte[] bytes)
    {
        var message = new SipMessage { IsLent = true };
        if (message.TryParse(bytes, Limits, out var error))
            Receiver.OnMessage(flow, message);
        else if (error != SipParseError.Empty)
            Receiver.OnMalformed(flow, message, error);
        bytes.AsSpan().Fill((byte)'#');
    }

    /// <summary>Does what can be done now.</summary>
    public void Settle()
    {
        // What one loop does may be work for another.
        while (Gateways.Sum(gateway => gateway.Loop.RunUntilIdle()) > 0 && Gateways.Count > 1)
        {
        }
    }

    /// <summary>Lets the cluster go on and what waited for it.</summary>
    public void ClusterGoesOn()
    {
        Grains.Weather.GoesOn();
        Settle();
    }

    /// <summary>Moves time; every timer fires at its moment.</summary>
    public void Passes(double seconds)
    {
        Settle();
        var left = TimeSpan.FromSeconds(seconds);
        while (left > TimeSpan.Zero)
        {
            var step = Gateways.Min(gateway => gateway.Loop.NextDue) is { } due && due < left ? due : left;
            step = step < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : step;
            Clock.Advance(step);
            left -= step;
            Settle();
        }
    }

    public long Count(Counter counter, TenantId? tenant = null) => Context.Counters.Read(tenant ?? Tenant, counter);

    /// <summary>The call that began last, while it lasts.</summary>
    public Call LastCall => Context.Calls.All.OrderBy(c => c.Id).Last();

    /// <summary>The AORs with a phone here.</summary>
    public int Registrations => Context.Registrations.Count;

    public NodeRegistrations NodeRegistrations => Context.Registrations;

    public DestinationAddresses Addresses => _services.GetRequiredService<DestinationAddresses>();

    public ExternalAddress External => _services.GetRequiredService<ExternalAddress>();

    public OwnAddresses Own => _services.GetRequiredService<OwnAddresses>();

    public CredentialCache Credentials => _services.GetRequiredService<CredentialCache>();

    public async ValueTask DisposeAsync()
    {
        Context.Relay.Dispose();
        await _services.DisposeAsync();
    }
}
