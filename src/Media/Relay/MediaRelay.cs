using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Media.Relay;

/// <summary>This node's RTP relay: its loops, its ports, its sessions.</summary>
/// <remarks>Nothing is bound before <see cref="Start"/>. Thread-safe.</remarks>
public sealed partial class MediaRelay : IDisposable
{
    private static readonly TimeSpan ShortageLogInterval = TimeSpan.FromMinutes(1);

    private readonly RelayOptions _options;
    private readonly TimeProvider _clock;
    private readonly MediaMetrics _metrics;
    private readonly ILogger<MediaRelay> _logger;
    private readonly DescriptorBudget _budget;
    private readonly DtlsIdentity _dtls;
    private readonly RelayLoop[] _loops;

    // One a loop, in the loops' order; none where the family is switched off.
    private readonly PortPool[] _poolsV4;
    private readonly PortPool[] _poolsV6;
    private readonly SessionSpread _spread;
    private readonly long _startTimestamp;
    private readonly DateTimeOffset _startTime;
    private ITimer? _flush;
    private long _lastShortage;
    private volatile bool _isClosed;
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
        RelayOptions options, TimeProvider clock, MediaMetrics metrics, ILogger<MediaRelay> logger, Func<IRelayIo> createIo,
        DescriptorBudget? budget = null)
    {
        _budget = budget ?? DescriptorBudget.OfProcess();
        _dtls = new(clock, logger);
        _options = options;
        _clock = clock;
        _metrics = metrics;
        _logger = logger;
        _startTimestamp = clock.GetTimestamp();
        _startTime = clock.GetUtcNow();
        _externalV4 = Parse(options.ExternalAddress);
        _externalV6 = Parse(options.ExternalAddressV6);
        _loops = [.. Enumerable.Range(0, PortRange.LoopsFor(options)).Select(_ => new RelayLoop(createIo(), clock, logger))];
        _poolsV4 = CreatePools(options.BindAddress);
        _poolsV6 = CreatePools(options.BindAddressV6);
        _spread = new SessionSpread(_loops, _poolsV4.Length > 0 ? _poolsV4 : _poolsV6, clock);
        metrics.Observe(this);
    }

    /// <summary>How many sessions there are.</summary>
    public int ActiveSessions => _spread.Count;

    /// <summary>
    /// What keeps the ports from being all in use at a time, in sentences for people, with what to do about it; null when nothing does: each port is
    /// an open file, of which the process has a limit.
    /// </summary>
    public string? FileShortage
    {
        get
        {
            var wanted = WantedPairs;
            return wanted <= _budget.Pairs ? null
                : $"Media ports {_options.FirstPort} to {_options.LastPort} can't all be used: the process may have {_budget.Limit} files open, and all "
                + $"else needs some of them. They are enough for {_budget.Pairs / 2} calls; the limit of open files (ulimit -n, LimitNOFILE) must be "
                + $"{DescriptorBudget.LimitFor(wanted)} for {wanted / 2}.";
        }
    }

    /// <summary>Who we are toward a browser whose call begins now; null when there can be no such call.</summary>
    public DtlsContext? Dtls => _dtls.Current;

    /// <summary>Why there can be no calls with browsers, for people, with what to do about it; null when there can be.</summary>
    public static string? WhyNoDtls => DtlsIdentity.WhyNone;

    /// <summary>How many files the process may have open; <see cref="long.MaxValue"/> where the system does not say.</summary>
    public long OpenFileLimit => _budget.Limit;

    /// <summary>Files that the process may have open, also where there is no relay; <see cref="long.MaxValue"/> where there is no limit that can be read.</summary>
    public static long ReadOpenFileLimit() => DescriptorBudget.OfProcess().Limit;

    /// <summary>How many open files all ports would be.</summary>
    public long NeededFiles => WantedPairs * DescriptorBudget.OfPair;

    /// <summary>How many open files the ports may be at most: the same, or what they have of the limit.</summary>
    public long MaxFiles => Math.Min(WantedPairs, _budget.Pairs) * DescriptorBudget.OfPair;

    private long WantedPairs => _poolsV4.Concat(_poolsV6).Sum(pool => (long)pool.Counts.Total);

    internal IReadOnlyList<RelayLoop> Loops => _loops;

    /// <summary>Opens the stock of ports and starts the relay's threads.</summary>
    /// <exception cref="SocketException">A bind address is not one of this machine's.</exception>
    public void Start()
    {
        Open();
        for (var i = 0; i < _loops.Length; i++)
            _loops[i].Start($"media relay {i}");

        LogStarted(_options.FirstPort, _options.LastPort, _loops.Length);
        if (FileShortage is { } shortage)
            LogFileShortage(shortage);
        _dtls.Prepare();
    }

    /// <summary>Begins a call's media; the session stays on one loop for its life.</summary>
    public RelaySession OpenSession() => new(this, _spread.Begin());

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
    public PortPoolCounts CountPorts(AddressFamily family)
    {
        var all = new PortPoolCounts();
        foreach (var pool in PoolsOf(family))
            all += pool.Counts;

        return all;
    }

    /// <summary>Ends every session and closes every socket.</summary>
    public void Dispose()
    {
        if (_isClosed)
            return;

        _isClosed = true;
        _flush?.Dispose();
        foreach (var loop in _loops)
            loop.Stop();

        FlushMetrics();
        foreach (var pool in (PortPool[])[.. _poolsV4, .. _poolsV6])
            pool.Dispose();
        foreach (var loop in _loops)
            loop.Dispose();
    }

    /// <summary>All of <see cref="Start"/> but the threads: a test turns the loops by hand.</summary>
    internal void Open()
    {
        foreach (var pool in (PortPool[])[.. _poolsV4, .. _poolsV6])
            pool.Open();
        _flush = _clock.CreateTimer(_ => LookAtLoops(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    internal RelayLoop LoopOf(int number) => _loops[number];

    internal RelayError Allocate(RelaySession session, int loop, IPAddress party, AddressFamily family, out RelayLeg? leg)
    {
        leg = null;
        if (_isClosed)
            return RelayError.Closed;

        var pools = PoolsOf(family);
        if (pools.Length == 0)
            return RelayError.NoAddressOfFamily;

        var pool = pools[loop];
        if (!pool.TryRent(out var ports))
        {
            ReportShortage(pool);
            return pool.IsOutOfFiles ? RelayError.NoFiles : RelayError.NoPorts;
        }

        leg = new RelayLeg(session, ports)
        {
            Local = new LocalAudio(AdvertisedAddress(pool.Address, party), ports.RtpPort, ports.RtcpPort),
        };
        ports.Lend(session);
        return RelayError.None;
    }

    internal void EndSession(int loop) => _spread.End(loop);

    internal DateTimeOffset WallTimeOf(long timestamp) => _startTime + _clock.GetElapsedTime(_startTimestamp, timestamp);

    /// <summary>Whether an address is one of ours with a port that a leg has now.</summary>
    internal bool IsOwnPort(IPEndPoint endPoint)
    {
        foreach (var pool in PoolsOf(endPoint.AddressFamily))
        {
            if (pool.IsInUse(endPoint.Port))
                return IsOwnAddress(endPoint.Address, pool.Address);
        }

        return false;
    }

    private PortPool[] CreatePools(string? address)
    {
        if (string.IsNullOrEmpty(address))
            return [];

        var bound = IPAddress.Parse(address);
        return [.. _loops.Select((loop, i) => new PortPool(bound, new PortRange(_options, i, _loops.Length), _options, _clock, loop, _budget))];
    }

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

    private PortPool[] PoolsOf(AddressFamily family) => family == AddressFamily.InterNetworkV6 ? _poolsV6 : _poolsV4;

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

        var counts = CountPorts(pool.Address.AddressFamily);
        if (pool.IsOutOfFiles)
            LogOutOfFiles(pool.Address, counts.Total, counts.InUse, _budget.Limit);
        else
            LogShortage(pool.Address, counts.Total, counts.InUse, counts.Quarantined);
    }

    private void LookAtLoops()
    {
        FlushMetrics();
        _spread.Look();
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

    [LoggerMessage(2003, LogLevel.Warning, "{Shortage}")]
    private partial void LogFileShortage(string shortage);

    [LoggerMessage(2004, LogLevel.Error,
        "No media port can be opened on {Address}: the process may have {Limit} files open. Of {Total} pairs {InUse} are in use")]
    private partial void LogOutOfFiles(IPAddress address, int total, int inUse, long limit);
}
