using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Relay;

/// <summary>One thread that owns its calls outright: waits for packets, passes them on, and does what signalling posts.</summary>
internal sealed partial class RelayLoop : IDisposable
{
    /// <summary>Longest datagram passed on; RTP keeps below the path's 1,500.</summary>
    public const int MaxPacketBytes = 2048;

    // 100 ms: longer than any packet interval in use, shorter than a listener takes for a gap.
    private static readonly TimeSpan SourceSilence = TimeSpan.FromMilliseconds(100);

    // Covers packets of the old address still under way, and the new party's first ones.
    private static readonly TimeSpan RelearnWindow = TimeSpan.FromSeconds(2);

    private readonly ConcurrentQueue<Action> _commands = new();

    // Taken when a port is opened or closed, never by the packet path.
    private readonly Lock _watching = new();
    private readonly Stack<int> _freeSlots = new();
    private RelayStream?[] _streams = new RelayStream?[64];
    private int _slots;
    private readonly ulong[] _ready = new ulong[128];
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly double _secondsPerTick;
    private PeerAddress _from;
    private uint _generation;
    private int _isBusy;
    private int _wakePending;
    private long _busyTicks;
    private Thread? _thread;
    private volatile bool _isStopping;

    public RelayLoop(IRelayIo io, TimeProvider clock, ILogger logger)
    {
        Io = io;
        _clock = clock;
        _logger = logger;
        Players = new(clock, LogFault);
        _secondsPerTick = 1.0 / clock.TimestampFrequency;
        SourceSilenceTicks = ToTimestamps(SourceSilence);
        RelearnTicks = ToTimestamps(RelearnWindow);
        Reports = new(this);
    }

    public IRelayIo Io { get; }

    /// <summary>Room for the packet at hand, and for what sealing adds to it.</summary>
    public byte[] Buffer { get; } = new byte[MaxPacketBytes + 1 + SrtpProfiles.MaxOverheadBytes];

    /// <summary>Where the packet in <see cref="Buffer"/> came from.</summary>
    public ref PeerAddress From => ref _from;

    /// <summary>Handshakes that wait for an answer.</summary>
    public Handshakes Handshakes { get; } = new();

    /// <summary>What is played to parties of its calls.</summary>
    public Players Players { get; }

    public RelayTotals Totals { get; } = new();

    /// <summary>RTCP of the legs that have packets.</summary>
    public ReportRound Reports { get; }

    /// <summary>When the last packet was looked at.</summary>
    public long LastMoment { get; set; }

    /// <summary>How long it was at work altogether, as timestamps of its clock.</summary>
    public long BusyTicks => Volatile.Read(ref _busyTicks);

    public long SourceSilenceTicks { get; }

    public long RelearnTicks { get; }

    public long Now() => _clock.GetTimestamp();

    public TimeSpan ElapsedSince(long moment) => _clock.GetElapsedTime(moment);

    /// <summary>A moment of the loop's clock in ticks of an RTP clock.</summary>
    public long ToTicks(long moment, int clockRateHz) => (long)(moment * _secondsPerTick * clockRateHz);

    /// <summary>A time as timestamps of the loop's clock.</summary>
    public long ToTimestamps(TimeSpan time) => (long)(time.TotalSeconds * _clock.TimestampFrequency);

    public void Start(string name)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>
    /// Whether no packet is being handled. Then whatever the caller wrote before is seen by all that come from now on, and what earlier ones
    /// left behind the caller sees; if not, <see cref="Post"/> says when.
    /// </summary>
    public bool IsQuiet()
    {
        // A full fence on this side, one in RunOnce on the other: at least one of the two sees what the other wrote.
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref _isBusy) == 0;
    }

    /// <summary>Has the loop's thread do something between two batches of packets, in the order of posting.</summary>
    /// <remarks>Does nothing once the loop ends.</remarks>
    public void Post(Action command)
    {
        if (_isStopping)
            return;

        _commands.Enqueue(command);
        // While it is awake it looks for commands before it sleeps.
        if (IsQuiet() && Interlocked.Exchange(ref _wakePending, 1) == 0)
            Io.Wake();
    }

    /// <summary>Begins to receive on a port. Any thread.</summary>
    public void Watch(RelayStream stream)
    {
        lock (_watching)
        {
            if (!_freeSlots.TryPop(out var slot))
                slot = _slots++;
            if (slot == _streams.Length)
                Grow();

            // The generation keeps an event of a port just closed from reaching the next owner of its slot.
            stream.Key = (ulong)++_generation << 32 | (uint)slot;
            Volatile.Write(ref _streams[slot], stream);
        }

        Io.Watch(stream.Socket, stream.Key);
    }

    /// <summary>Ends it; once the loop is quiet the socket may be closed. Any thread, and more than once.</summary>
    public void Unwatch(RelayStream stream)
    {
        lock (_watching)
        {
            var slot = (int)(uint)stream.Key;
            if (_streams[slot] != stream)
                return;

            Volatile.Write(ref _streams[slot], null);
            _freeSlots.Push(slot);
        }

        Io.Unwatch(stream.Socket);
    }

    /// <summary>One turn: waits, does what was posted, then handles one packet of each port that is ready.</summary>
    /// <returns>How many ports were ready.</returns>
    public int RunOnce(int timeoutMilliseconds)
    {
        var count = Io.Wait(_ready, _commands.IsEmpty ? timeoutMilliseconds : 0);
        _ = Interlocked.Exchange(ref _isBusy, 1);
        var began = Now();
        RunCommands();
        for (var i = 0; i < count; i++)
            Handle(_ready[i]);
        Handshakes.HandleTimeouts();
        Players.Tick();
        if (Reports.Count > 0)
            SendReports(count);
        Volatile.Write(ref _busyTicks, _busyTicks + Now() - began);

        // From here on who posts wakes; what was posted before is seen by the next turn.
        _ = Interlocked.Exchange(ref _isBusy, 0);
        return count;
    }

    /// <summary>Ends the thread; what was posted is done.</summary>
    public void Stop()
    {
        if (_isStopping)
            return;

        _isStopping = true;
        if (_thread is not null)
        {
            Io.Wake();
            _thread.Join();
        }

        RunCommands();
    }

    public void Dispose()
    {
        Stop();
        Io.Dispose();
    }

    private void Run()
    {
        while (!_isStopping)
            // −1, for ever, is the greatest without a sign.
            RunOnce(Players.Limit((int)Math.Min((uint)Handshakes.WaitMilliseconds, (uint)Reports.WaitMilliseconds)));
    }

    private void SendReports(int packets)
    {
        if (packets == 0)
            LastMoment = Now();
        try
        {
            Reports.Look(LastMoment);
        }
        catch (Exception fault)
        {
            LogFault(fault);
        }
    }

    private void Grow()
    {
        var larger = new RelayStream?[_streams.Length * 2];
        _streams.CopyTo(larger, 0);
        Volatile.Write(ref _streams, larger);
    }

    private void RunCommands()
    {
        // A full fence: a command posted from here on must wake the loop again.
        if (_wakePending != 0)
            _ = Interlocked.Exchange(ref _wakePending, 0);
        while (_commands.TryDequeue(out var command))
        {
            try
            {
                command();
            }
            catch (Exception fault)
            {
                LogFault(fault);
            }
        }
    }

    // The loop's one edge: a fault costs the port it happened on, never the other calls.
    private void Handle(ulong key)
    {
        var stream = Volatile.Read(ref Volatile.Read(ref _streams)[(int)(uint)key]);
        if (stream is null || stream.Key != key)
            return;

        try
        {
            stream.ReceiveOne();
        }
        catch (Exception fault)
        {
            LogFault(fault);
            stream.Fail();
        }
    }

    [LoggerMessage(2001, LogLevel.Error, "A relay loop met a fault; the port it happened on is closed")]
    private partial void LogFault(Exception fault);
}
