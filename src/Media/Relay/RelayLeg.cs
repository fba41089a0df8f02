using System.Net;
using System.Net.Sockets;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Media.Relay;

/// <summary>One party's side of a call: two ports of ours, and what is known of the party's.</summary>
/// <remarks>Thread-safe; changes take effect on the relay's loop in the order of the calls, before packets that come later.</remarks>
public sealed class RelayLeg
{
    private readonly MediaRelay _relay;
    private readonly RelayLoop _loop;
    private readonly PortPool _pool;
    private readonly PortPair _ports;
    private LatchPlan _rtpPlan;
    private LatchPlan _rtcpPlan;

    internal RelayLeg(MediaRelay relay, RelaySession session, RelayLoop loop, PortPool pool, PortPair ports)
    {
        _relay = relay;
        Session = session;
        _loop = loop;
        _pool = pool;
        _ports = ports;
        Rtp = new RtpStream(loop, ports.Rtp);
        Rtcp = new RtcpStream(loop, ports.Rtcp);
    }

    /// <summary>Where the party is to send its audio: for <see cref="SdpRewriter"/>.</summary>
    public LocalAudio Local { get; internal init; }

    internal RtpStream Rtp { get; }

    internal RtcpStream Rtcp { get; }

    internal RelaySession Session { get; }

    internal RelayLeg? Partner { get; private set; }

    internal bool IsReleased { get; private set; }

    private AddressFamily Family => _pool.Address.AddressFamily;

    /// <summary>Takes over what the party's description says: addresses, clock rates, direction.</summary>
    /// <remarks>
    /// The same addresses as before change nothing, so that a 200 may repeat its 183. Others are learnt anew; meanwhile, for at
    /// most 2 s, the earlier address is still heard. A description without an address (hold by 0.0.0.0) keeps what was learnt.
    /// </remarks>
    /// <param name="remote">The party's offer or answer.</param>
    /// <param name="signallingSource">The address that description came from.</param>
    /// <param name="rule">How far the address in it is believed.</param>
    /// <param name="relearn">Whether to learn anew even if the addresses are the same: after a re-INVITE through a NAT.</param>
    public void SetRemote(
        RemoteAudio remote,
        IPAddress signallingSource,
        RemoteAddressRule rule = RemoteAddressRule.Verified,
        bool relearn = false)
    {
        var rates = ClockRatesOf(remote);
        var direction = remote.Direction;
        var rtp = Plan(remote.Rtp, signallingSource, rule);
        var rtcp = Plan(remote.Rtcp, signallingSource, rule);
        var keepsAddress = remote.Rtp is null;
        _loop.Post(() =>
        {
            Rtp.ClockRates = rates;
            ApplyDirection(direction);
            if (keepsAddress && (_rtpPlan.HasExact || _rtpPlan.HasHost))
                return;

            Learn(Rtp, ref _rtpPlan, rtp, relearn);
            Learn(Rtcp, ref _rtcpPlan, rtcp, relearn);
        });
    }

    /// <summary>Sets which way RTP flows, seen from this party; RTCP is not touched.</summary>
    public void SetDirection(MediaDirection direction) => _loop.Post(() => ApplyDirection(direction));

    /// <summary>Reads this leg's figures; also after its release.</summary>
    public LegStatistics ReadStatistics()
    {
        var rtp = Rtp.Counters;
        var rtcp = Rtcp.Counters;
        return new LegStatistics
        {
            PacketsReceived = rtp.Received,
            OctetsReceived = rtp.ReceivedOctets,
            PacketsSent = rtp.Sent,
            OctetsSent = rtp.SentOctets,
            RtcpReceived = rtcp.Received,
            RtcpSent = rtcp.Sent,
            StrangersDropped = rtp.Strangers + rtcp.Strangers,
            InvalidDropped = rtp.Invalid + rtcp.Invalid,
            SourcesRefused = rtp.RefusedSources,
            Withheld = rtp.Withheld + rtcp.Withheld,
            PacketsLost = Rtp.PacketsLost,
            Jitter = TimeSpan.FromSeconds(Rtp.JitterTicks / Rtp.ClockRateHz),
            LastPacketAt = Rtp.LastPacket == 0 ? null : _relay.WallTimeOf(Rtp.LastPacket),
            Remote = Rtp.Latch.IsLocked ? Rtp.Latch.Target.ToEndPoint() : null,
        };
    }

    // The members below run on the loop's thread.
    internal void Open()
    {
        _loop.Watch(Rtp);
        _loop.Watch(Rtcp);
    }

    internal void JoinWith(RelayLeg? partner)
    {
        Partner = partner;
        Rtp.Partner = partner?.Rtp;
        Rtcp.Partner = partner?.Rtcp;
    }

    internal void Release()
    {
        if (IsReleased)
            return;

        IsReleased = true;
        Partner?.JoinWith(null);
        JoinWith(null);
        _loop.Unwatch(Rtp);
        _loop.Unwatch(Rtcp);
        if (Rtp.Counters.IsSilent && Rtcp.Counters.IsSilent && _pool.TryReturnSilent(_ports))
            return;

        // Closing sockets takes longer than passing on packets, so another thread does it.
        ThreadPool.UnsafeQueueUserWorkItem(static leg => leg._pool.Return(leg._ports), this, preferLocal: false);
    }

    private void Learn(RelayStream stream, ref LatchPlan known, in LatchPlan plan, bool relearn)
    {
        if (!relearn && known.IsSameAs(plan))
            return;

        known = plan;
        stream.Latch.Learn(plan, _loop.Now());
    }

    private void ApplyDirection(MediaDirection direction)
    {
        Rtp.TakesIn = direction.Sends();
        Rtp.GivesOut = direction.Receives();
    }

    private LatchPlan Plan(IPEndPoint? signalled, IPAddress source, RemoteAddressRule rule)
    {
        // Two calls pointed at each other's ports would pass one packet round for ever.
        var isOurs = rule == RemoteAddressRule.Verified && signalled is not null && _relay.IsOwnPort(signalled);
        return isOurs ? default : RemoteAddressPolicy.Decide(signalled, source, rule, Family);
    }

    private static int[]? ClockRatesOf(RemoteAudio remote)
    {
        if (remote.Codecs.All(c => c.ClockRateHz == 8000))
            return null;

        var rates = new int[128];
        foreach (var codec in remote.Codecs)
            rates[codec.PayloadType] = codec.ClockRateHz;

        return rates;
    }
}
