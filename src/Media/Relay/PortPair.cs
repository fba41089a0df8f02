namespace TekSipCloud.Media.Relay;

/// <summary>
/// An even RTP port and the RTCP port above it (RFC 3550 §11), open and watched by one loop, whether a call has them or not: taking
/// them and giving them back is a write to memory.
/// </summary>
internal sealed class PortPair : IThreadPoolWorkItem, IDisposable
{
    private readonly PortPool _pool;
    private volatile bool _isSpoilt;
    private volatile bool _isWatched;

    /// <summary>Takes two sockets over; <see cref="Watch"/> begins to listen.</summary>
    public PortPair(PortPool pool, int rtpPort, MediaSocket rtp, MediaSocket rtcp)
    {
        _pool = pool;
        RtpPort = rtpPort;
        Rtp = new RtpStream(pool.Loop, this, rtp);
        Rtcp = new RtcpStream(pool.Loop, this, Rtp, rtcp);
    }

    public int RtpPort { get; }

    public int RtcpPort => RtpPort + 1;

    public RtpStream Rtp { get; }

    public RtcpStream Rtcp { get; }

    /// <summary>Whether something came while no call had the ports, or receiving failed.</summary>
    public bool IsSpoilt => _isSpoilt;

    /// <summary>Whether nothing came and nothing went, so that the next call may have the ports at once.</summary>
    public bool IsSilent => !_isSpoilt && Rtp.Counters.IsSilent && Rtcp.Counters.IsSilent;

    /// <summary>Has the loop listen to both ports, until <see cref="Unwatch"/>.</summary>
    public void Watch()
    {
        _isWatched = true;
        _pool.Loop.Watch(Rtp);
        _pool.Loop.Watch(Rtcp);
    }

    /// <summary>What comes from now on is the session's.</summary>
    public void Lend(RelaySession session) => Rtp.Session = Rtcp.Session = session;

    /// <summary>What comes from now on is nobody's; ports that had traffic are not even listened to any more.</summary>
    public void Leave()
    {
        Rtp.Session = Rtcp.Session = null;
        if (!IsSilent)
            Unwatch();
    }

    /// <summary>Ends the watch; once the loop is quiet the sockets may be closed.</summary>
    public void Unwatch()
    {
        _isWatched = false;
        _pool.Loop.Unwatch(Rtp);
        _pool.Loop.Unwatch(Rtcp);
    }

    /// <summary>Goes back to the pool after <see cref="Leave"/>, once the loop was quiet.</summary>
    public void GiveBack()
    {
        if (!_isWatched)
        {
            Close();
            return;
        }

        Rtp.Forget();
        Rtcp.Forget();
        if (!IsSilent || !_pool.TryKeep(this))
            _pool.Return(this);
    }

    /// <summary>Closes the sockets, which takes longer than passing on packets or signalling, so another thread does it.</summary>
    public void Close() => ThreadPool.UnsafeQueueUserWorkItem(static pair => pair._pool.Close(pair), this, preferLocal: false);

    /// <summary>Something came that no call is there for: a party that has not noticed the end of its call, so the ports rest.</summary>
    public void Spoil()
    {
        if (_isSpoilt)
            return;

        _isSpoilt = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Takes the spoilt ports out of the stock, if they are there.</summary>
    void IThreadPoolWorkItem.Execute() => _pool.Drop(this);

    /// <summary>Reads the figures of the leg that has the ports.</summary>
    public LegStatistics ReadStatistics(MediaRelay relay)
    {
        ref readonly var rtp = ref Rtp.Counters;
        ref readonly var rtcp = ref Rtcp.Counters;
        return new LegStatistics
        {
            PacketsReceived = rtp.Received,
            OctetsReceived = rtp.ReceivedOctets,
            PacketsSent = rtp.Sent,
            OctetsSent = rtp.SentOctets,
            RtcpReceived = rtcp.Received,
            RtcpSent = rtcp.Sent,
            StrangersDropped = rtp.Strangers + rtcp.Strangers,
            UnauthenticDropped = rtp.Unauthentic + rtcp.Unauthentic,
            InvalidDropped = rtp.Invalid + rtcp.Invalid,
            SourcesRefused = rtp.RefusedSources,
            Withheld = rtp.Withheld + rtcp.Withheld,
            PacketsLost = Rtp.PacketsLost,
            Jitter = TimeSpan.FromSeconds(Rtp.JitterTicks / Rtp.ClockRateHz),
            Duplicates = Rtp.Reception.Duplicates,
            Reordered = Rtp.Reception.Reordered,
            RoundTrip = Rtp.Reports?.RoundTrip,
            LostToParty = Rtp.Reports?.LostToParty,
            JitterAtParty = Rtp.Reports?.JitterAtParty,
            LastPacketAt = Rtp.LastPacket == 0 ? null : relay.WallTimeOf(Rtp.LastPacket),
            Remote = Rtp.Latch.IsLocked ? Rtp.Latch.Target.ToEndPoint() : null,
        };
    }

    public void Dispose()
    {
        Rtp.Socket.Dispose();
        Rtcp.Socket.Dispose();
    }
}
