using TekSipCloud.Media.Ice;
using TekSipCloud.Media.Rtp;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Relay;

/// <summary>One open port: judges what comes, and takes what its party sent.</summary>
/// <remarks>
/// Belongs to one loop, whose thread alone touches it, but for <see cref="Session"/>, and for all of it while no session has it and the
/// loop was quiet since.
/// </remarks>
internal abstract class RelayStream(RelayLoop loop, PortPair pair, MediaSocket socket)
{
    private StreamCounters _counters;
    private volatile RelaySession? _session;
    private volatile SharedPort? _shared;

    /// <summary>The call that has the port; null when none has. Any thread.</summary>
    public RelaySession? Session
    {
        get => _session;
        set => _session = value;
    }

    public MediaSocket Socket { get; } = socket;

    public AddressLatch Latch { get; } = new(loop.RelearnTicks);

    /// <summary>Where the loop keeps it.</summary>
    public ulong Key { get; set; }

    /// <summary>The port that gets what is received here; null when nothing is joined.</summary>
    public RelayStream? Partner { get; set; }

    /// <summary>How the party's packets are protected; null for plain ones.</summary>
    public LegProtection? Protection { get; set; }

    /// <summary>Where the party's payload types are not those of the joined one; null where they are, as almost always, and for RTCP.</summary>
    public PayloadTypeMaps? Formats { get; set; }

    /// <summary>What else the party's port is for; null where RTP and RTCP have ports of their own. Read by any thread.</summary>
    public SharedPort? Shared
    {
        get => _shared;
        set => _shared = value;
    }

    /// <summary>Whether the party may be heard, by its own direction.</summary>
    public bool TakesIn { get; set; } = true;

    /// <summary>Whether the party is to be sent to, by its own direction.</summary>
    public bool GivesOut { get; set; } = true;

    public ref readonly StreamCounters Counters => ref _counters;

    protected RelayLoop Loop { get; } = loop;

    protected PortPair Pair { get; } = pair;

    protected abstract ref StreamCounters Totals { get; }

    /// <summary>Receives one datagram, if there is one, and passes it on if it may.</summary>
    public void ReceiveOne()
    {
        ref var from = ref Loop.From;
        // One byte more than a packet may have, so that one cut short is seen.
        var length = Loop.Io.Receive(Socket, Loop.Buffer.AsSpan(0, RelayLoop.MaxPacketBytes + 1), ref from);
        if (length < 0)
            return;

        if (_session is { } session)
        {
            session.Settle();
            if (_shared is { } shared)
                Sort(shared, length, from);
            else
                Judge(length, from);
        }
        else
        {
            Totals.Strangers++;
            Pair.Spoil();
        }
    }

    /// <summary>A fault on this port: what it heard is not known, so no other call may have it.</summary>
    public void Fail()
    {
        Loop.Unwatch(this);
        Pair.Spoil();
    }

    /// <summary>Makes it ready for the next call; only of a port that heard nothing and sent nothing.</summary>
    public virtual void Forget()
    {
        Partner = null;
        Protection = null;
        Formats = null;
        _shared = null;
        TakesIn = GivesOut = true;
        Latch.Forget();
    }

    /// <summary>Whether the datagram is what this port is for.</summary>
    protected abstract bool IsValid(ReadOnlySpan<byte> packet);

    /// <summary>Whether a valid packet is heard; counts what the port wants to know of it.</summary>
    protected abstract bool Admits(ReadOnlySpan<byte> packet, long now);

    /// <summary>Fits a packet into what was sent to this party before; false when it is not to be sent.</summary>
    protected abstract bool Continues(Span<byte> packet);

    /// <summary>Opens the packet in the loop's buffer.</summary>
    protected abstract SrtpError Open(LegProtection protection, ref int length);

    /// <summary>Seals the packet in the loop's buffer.</summary>
    protected abstract bool TrySeal(SrtpSender sender, ref int length);

    /// <summary>The packet in the loop's buffer was sent to the party.</summary>
    protected abstract void NoteSent(long now);

    /// <summary>Hands what the party sent on to the party of the joined leg.</summary>
    protected virtual void Pass(int length, long now)
    {
        if (Partner is { } partner && TakesIn && partner.GivesOut && partner.Latch.HasTarget && partner.Prepares(Formats, ref length))
            partner.Send(length, now);
        else
            _counters.Withheld++;
    }

    /// <summary>Sends to the party, who must be known; counted for the leg alone.</summary>
    protected bool TrySend(ReadOnlySpan<byte> packet)
    {
        if (!Loop.Io.Send(_shared?.Rtp.Socket ?? Socket, packet, Latch.Target))
        {
            _counters.SendFailures++;
            return false;
        }

        _counters.Sent++;
        _counters.SentOctets += packet.Length;
        return true;
    }

    /// <summary>The same on the relay's thread, counted for the loop too.</summary>
    protected bool TrySendCounted(ReadOnlySpan<byte> packet)
    {
        if (!TrySend(packet))
        {
            Totals.SendFailures++;
            return false;
        }

        Totals.Sent++;
        Totals.SentOctets += packet.Length;
        return true;
    }

    /// <summary>RFC 7983 §7: what comes to a shared port is of one of four protocols. Its other port is not named to anybody.</summary>
    private void Sort(SharedPort shared, int length, in PeerAddress from)
    {
        var datagram = Loop.Buffer.AsSpan(0, length);
        var kind = shared.Rtp == this ? DatagramKinds.KindOf(datagram) : DatagramKind.Unknown;
        switch (kind)
        {
            case DatagramKind.Stun when shared.TakeCheck(datagram, from):
                _counters.Control++;
                break;
            case DatagramKind.Dtls when shared.Permits(from):
                _counters.Control++;
                shared.TakeRecord(datagram);
                break;
            case DatagramKind.Rtp:
                Judge(length, from);
                break;
            case DatagramKind.Rtcp:
                shared.Rtcp.Judge(length, from);
                break;
            default:
                _counters.Strangers++;
                Totals.Strangers++;
                break;
        }
    }

    private bool Permits(in PeerAddress from, long now) => _shared is { } shared ? shared.Permits(from) : Latch.Permits(from, now);

    /// <summary>Who has to encrypt is not heard before there are keys.</summary>
    private SrtpError Open(ref int length) =>
        Protection is { } protection ? Open(protection, ref length)
        : _shared is null ? SrtpError.None
        : SrtpError.BadTag;

    private void Judge(int length, in PeerAddress from)
    {
        var now = Loop.LastMoment = Loop.Now();
        if (!Permits(from, now))
        {
            _counters.Strangers++;
            Totals.Strangers++;
            return;
        }

        // Before the address is believed: who has not the key teaches us nothing.
        var error = Open(ref length);
        if (error is not (SrtpError.None or SrtpError.Malformed))
        {
            _counters.Unauthentic++;
            Totals.Unauthentic++;
        }
        else if (error == SrtpError.Malformed || length > RelayLoop.MaxPacketBytes || !IsValid(Loop.Buffer.AsSpan(0, length)))
        {
            _counters.Invalid++;
            Totals.Invalid++;
        }
        else
        {
            if (_shared is null)
                Latch.Confirm(from, now);
            Take(length, now);
        }
    }

    private void Take(int length, long now)
    {
        if (!Admits(Loop.Buffer.AsSpan(0, length), now))
        {
            _counters.RefusedSources++;
            Totals.RefusedSources++;
            return;
        }

        _counters.Received++;
        _counters.ReceivedOctets += length;
        Totals.Received++;
        Totals.ReceivedOctets += length;
        Pass(length, now);
    }

    /// <summary>
    /// Makes the packet this party's, sealed where its packets are; false for one that belongs nowhere in its sequence, or came twice,
    /// which would give its key stream away, and for any before there are keys where there have to be.
    /// </summary>
    private bool Prepares(PayloadTypeMaps? sendersFormats, ref int length) =>
        (Protection is not null || _shared is null)
        && Continues(Loop.Buffer.AsSpan(0, length))
        && Speaks(sendersFormats, length)
        && (Protection is not { } protection || TrySeal(protection.Sender, ref length));

    /// <summary>Whether a packet of our own can be sent to the party now.</summary>
    protected bool IsReachable => Latch.HasTarget && (Protection is not null || _shared is null);

    /// <summary>Sends the party a packet of our own, which lies in the loop's buffer; only while it is reachable.</summary>
    protected void SendOwn(int length)
    {
        if (Protection is not { } protection || TrySeal(protection.Sender, ref length))
            Send(length, Loop.Now());
    }

    /// <summary>Has the packet's payload type be the one this party knows; one of both has the table, or none.</summary>
    private bool Speaks(PayloadTypeMaps? sendersFormats, int length)
    {
        if ((sendersFormats?.FromParty ?? Formats?.ToParty) is { } map)
            map.Apply(Loop.Buffer.AsSpan(0, length));
        return true;
    }

    private void Send(int length, long now)
    {
        if (TrySendCounted(Loop.Buffer.AsSpan(0, length)))
            NoteSent(now);
    }
}
