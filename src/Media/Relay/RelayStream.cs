namespace TekSipCloud.Media.Relay;

/// <summary>One port of a leg: takes what comes from its party and hands it to the same port of the joined leg.</summary>
/// <remarks>Belongs to one loop; only that loop's thread calls it.</remarks>
internal abstract class RelayStream(RelayLoop loop, MediaSocket socket)
{
    private StreamCounters _counters;

    public MediaSocket Socket { get; } = socket;

    public AddressLatch Latch { get; } = new(loop.RelearnTicks);

    /// <summary>Where the loop keeps it; 0 when it is not watched.</summary>
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

        var now = Loop.Now();
        var packet = buffer.AsSpan(0, length);
        if (!Latch.Permits(from, now))
        {
            _counters.Strangers++;
            Totals.Strangers++;
        }
        else if (length > RelayLoop.MaxPacketBytes || !IsValid(packet))
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

    /// <summary>Whether the datagram is what this port is for.</summary>
    protected abstract bool IsValid(ReadOnlySpan<byte> packet);

    /// <summary>Whether a valid packet is heard; counts what the port wants to know of it.</summary>
    protected abstract bool Admits(ReadOnlySpan<byte> packet, long now);

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
