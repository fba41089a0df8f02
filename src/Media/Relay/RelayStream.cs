namespace TekSipCloud.Media.Relay;

/// <summary>One open port: takes what comes from its party and hands it to the same port of the joined leg.</summary>
/// <remarks>
/// Belongs to one loop, whose thread alone touches it, but for <see cref="Session"/>, and for all of it while no session has it and the
/// loop was quiet since.
/// </remarks>
internal abstract class RelayStream(RelayLoop loop, PortPair pair, MediaSocket socket)
{
    private StreamCounters _counters;
    private volatile RelaySession? _session;

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

    /// <summary>Whether the party may be heard, by its own direction.</summary>
    public bool TakesIn { get; set; } = true;

    /// <summary>Whether the party is to be sent to, by its own direction.</summary>
    public bool GivesOut { get; set; } = true;

    public ref readonly StreamCounters Counters => ref _counters;

    protected RelayLoop Loop { get; } = loop;

    protected abstract ref StreamCounters Totals { get; }

    /// <summary>Receives one datagram, if there is one, and passes it on if it may.</summary>
    public void ReceiveOne()
    {
        var buffer = Loop.Buffer;
        ref var from = ref Loop.From;
        var length = Loop.Io.Receive(Socket, buffer, ref from);
        if (length < 0)
            return;

        if (_session is { } session)
        {
            session.Settle();
            Judge(buffer.AsSpan(0, length), from);
        }
        else
        {
            Totals.Strangers++;
            pair.Spoil();
        }
    }

    /// <summary>A fault on this port: what it heard is not known, so no other call may have it.</summary>
    public void Fail()
    {
        Loop.Unwatch(this);
        pair.Spoil();
    }

    /// <summary>Makes it ready for the next call; only of a port that heard nothing and sent nothing.</summary>
    public virtual void Forget()
    {
        Partner = null;
        TakesIn = GivesOut = true;
        Latch.Forget();
    }

    /// <summary>Whether the datagram is what this port is for.</summary>
    protected abstract bool IsValid(ReadOnlySpan<byte> packet);

    /// <summary>Whether a valid packet is heard; counts what the port wants to know of it.</summary>
    protected abstract bool Admits(ReadOnlySpan<byte> packet, long now);

    private void Judge(ReadOnlySpan<byte> packet, in PeerAddress from)
    {
        var now = Loop.Now();
        if (!Latch.Permits(from, now))
        {
            _counters.Strangers++;
            Totals.Strangers++;
        }
        else if (packet.Length > RelayLoop.MaxPacketBytes || !IsValid(packet))
        {
            _counters.Invalid++;
            Totals.Invalid++;
        }
        else
        {
            Latch.Confirm(from, now);
            Take(packet, now);
        }
    }

    private void Take(ReadOnlySpan<byte> packet, long now)
    {
        if (!Admits(packet, now))
        {
            _counters.RefusedSources++;
            Totals.RefusedSources++;
            return;
        }

        _counters.Received++;
        _counters.ReceivedOctets += packet.Length;
        Totals.Received++;
        Totals.ReceivedOctets += packet.Length;
        if (Partner is { } partner && TakesIn && partner.GivesOut && partner.Latch.HasTarget)
            partner.Send(packet);
        else
            _counters.Withheld++;
    }

    private void Send(ReadOnlySpan<byte> packet)
    {
        if (!Loop.Io.Send(Socket, packet, Latch.Target))
        {
            _counters.SendFailures++;
            Totals.SendFailures++;
            return;
        }

        _counters.Sent++;
        _counters.SentOctets += packet.Length;
        Totals.Sent++;
        Totals.SentOctets += packet.Length;
    }
}
