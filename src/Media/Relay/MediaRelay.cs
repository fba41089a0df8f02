using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Media.Relay;

/// <summary>This node's RTP relay: its loops, its ports, its sessions.</summary>
/// <remarks>Nothing is bound before <see cref="Start"/>. Thread-safe.</remarks>
public sealed partial class MediaRelay : IDisposable
{
    private static readonly TimeSpan ShortageLogInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<RelaySession, byte> _sessions = new();
    private readonly RelayOptions _options;
    private readonly TimeProvider _clock;
    private readonly MediaMetrics _metrics;
    private readonly ILogger<MediaRelay> _logger;
    private readonly PortPool? _poolV4;
    private readonly PortPool? _poolV6;
    private readonly RelayLoop[] _loops;
    private readonly long _startTimestamp;
    private readonly DateTimeOffset _startTime;
    private ITimer? _flush;
    private int _nextLoop;
    private long _lastShortage;
    private volatile IPAddress? _externalV4;
    private volatile IPAddress? _externalV6;

    /// <summary>Prepares a relay.</summary>
    /// <param name="options">Addresses and ports; <see cref="FormatException"/> if an address is none.</param>
    /// <param name="clock">Time of quarantine, silence and statistics.</param>
    /// <param name="metrics">Gets the totals once a second.</param>
    /// <param name="logger">Gets the relay's life, never a packet's.</param>
    public MediaRelay(RelayOptions options, TimeProvider clock, MediaMetrics metrics, ILogger<MediaRelay> logger)
        : this(options, clock, metrics, logger, CreateIo)
    {
    }

    internal MediaRelay(
        RelayOptions options, TimeProvider clock, MediaMetrics metrics, ILogger<MediaRelay> logger, Func<IRelayIo> createIo)
    {
        _options = options;
        _clock = clock;
        _metrics = metrics;
        _logger = logger;
        _startTimestamp = clock.GetTimestamp();
        _startTime = clock.GetUtcNow();
        _poolV4 = CreatePool(options.BindAddress);
        _poolV6 = CreatePool(options.BindAddressV6);
        _externalV4 = Parse(options.ExternalAddress);
        _externalV6 = Parse(options.ExternalAddressV6);
        var loops = options.Loops == 0 ? Environment.ProcessorCount : options.Loops;
        _loops = [.. Enumerable.Range(0, loops).Select(_ => new RelayLoop(createIo(), clock, logger))];
        metrics.Observe(this);
    }

    /// <summary>How many sessions there are.</summary>
    public int ActiveSessions => _sessions.Count;

    internal IReadOnlyList<RelayLoop> Loops => _loops;

    /// <summary>Opens the stock of ports and starts the relay's threads.</summary>
    /// <exception cref="SocketException">A bind address is not one of this machine's.</exception>
    public void Start()
    {
        Open();
        for (var i = 0; i < _loops.Length; i++)
            _loops[i].Start($"media relay {i}");

        LogStarted(_options.FirstPort, _options.LastPort, _loops.Length);
    }

    /// <summary>Begins a call's media; the session stays on one loop for its life.</summary>
    public RelaySession OpenSession()
    {
        var loop = _loops[(int)((uint)Interlocked.Increment(ref _nextLoop) % (uint)_loops.Length)];
        var session = new RelaySession(this, loop);
        _sessions.TryAdd(session, 0);
        return session;
    }

    /// <summary>
    /// Writes another address into SDP from now on, for its family; for servers whose address changes. Sessions that were told another keep it
    /// until they are described anew.
    /// </summary>
    public void Advertise(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
            _externalV4 = address;
        else
            _externalV6 = address;
    }

    /// <summary>How the ports of a family stand; all zero when the family is switched off.</summary>
    public PortPoolCounts CountPorts(AddressFamily family) => PoolOf(family)?.Counts ?? default;

    /// <summary>Ends every session and closes every socket.</summary>
    public void Dispose()
    {
        _flush?.Dispose();
        foreach (var session in _sessions.Keys)
            session.Dispose();
        foreach (var loop in _loops)
            loop.Dispose();

        FlushMetrics();
        _poolV4?.Dispose();
        _poolV6?.Dispose();
    }

    /// <summary>All of <see cref="Start"/> but the threads: a test turns the loops by hand.</summary>
    internal void Open()
    {
        _poolV4?.Open();
        _poolV6?.Open();
        _flush = _clock.CreateTimer(_ => FlushMetrics(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    internal RelayError Allocate(
        RelaySession session, RelayLoop loop, IPAddress party, AddressFamily family, out RelayLeg? leg)
    {
        leg = null;
        var pool = PoolOf(family);
        if (pool is null)
            return RelayError.NoAddressOfFamily;

        if (!pool.TryRent(out var ports))
        {
            ReportShortage(pool);
            return RelayError.NoPorts;
        }

        leg = new RelayLeg(this, session, loop, pool, ports)
        {
            Local = new LocalAudio(AdvertisedAddress(pool.Address, party), ports.RtpPort, ports.RtcpPort),
        };
        return RelayError.None;
    }

    internal void Forget(RelaySession session) => _sessions.TryRemove(session, out _);

    internal DateTimeOffset WallTimeOf(long timestamp) => _startTime + _clock.GetElapsedTime(_startTimestamp, timestamp);

    /// <summary>Whether an address is one of ours with a port that a leg has now.</summary>
    internal bool IsOwnPort(IPEndPoint endPoint)
    {
        var pool = PoolOf(endPoint.AddressFamily);
        return pool is not null && pool.IsInUse(endPoint.Port) && IsOwnAddress(endPoint.Address, pool.Address);
    }

    private PortPool? CreatePool(string? address) =>
        string.IsNullOrEmpty(address) ? null : new PortPool(IPAddress.Parse(address), _options, _clock);

    private bool IsOwnAddress(IPAddress address, IPAddress bound) =>
        address.Equals(bound)
        || address.Equals(ExternalAddress(bound.AddressFamily))
        || IsAny(bound) && (IPAddress.IsLoopback(address) || address.Equals(LocalRoute.FindAddressToward(address)));

    private IPAddress AdvertisedAddress(IPAddress bound, IPAddress party) =>
        ExternalAddress(bound.AddressFamily)
        ?? (IsAny(bound) && party.AddressFamily == bound.AddressFamily ? LocalRoute.FindAddressToward(party) : null)
        ?? bound;

    private IPAddress? ExternalAddress(AddressFamily family) => family == AddressFamily.InterNetwork ? _externalV4 : _externalV6;

    private static IPAddress? Parse(string? address) => IPAddress.TryParse(address, out var parsed) ? parsed : null;

    private PortPool? PoolOf(AddressFamily family) => family == AddressFamily.InterNetworkV6 ? _poolV6 : _poolV4;

    private static bool IsAny(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    internal static IRelayIo CreateIo() => OperatingSystem.IsLinux() ? new EpollIo() : new ManagedIo();

    private void ReportShortage(PortPool pool)
    {
        _metrics.CountPortShortage();
        var last = Volatile.Read(ref _lastShortage);
        var now = _clock.GetTimestamp();
        var isNews = last == 0 || _clock.GetElapsedTime(last, now) >= ShortageLogInterval;
        if (!isNews || Interlocked.CompareExchange(ref _lastShortage, now, last) != last)
            return;

        var counts = pool.Counts;
        LogShortage(pool.Address, counts.Total, counts.InUse, counts.Quarantined);
    }

    private void FlushMetrics()
    {
        foreach (var loop in _loops)
            _metrics.Flush(loop.Totals);
    }

    [LoggerMessage(2000, LogLevel.Information, "Media relay uses ports {FirstPort} to {LastPort} with {Loops} loops")]
    private partial void LogStarted(int firstPort, int lastPort, int loops);

    [LoggerMessage(2002, LogLevel.Error, "No media port is left on {Address}: of {Total} pairs {InUse} are in use, {Quarantined} rest")]
    private partial void LogShortage(IPAddress address, int total, int inUse, int quarantined);
}
