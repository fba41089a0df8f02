using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace TekSipCloud.Sip.Transports;

/// <content>What waits in the kernel.</content>
public sealed partial class UdpTransport
{
    /// <summary>What the kernel counts for a datagram of a SIP message, buffer and bookkeeping together; in bytes, roughly.</summary>
    public const int BytesPerDatagram = 1_280;

    private const int MemoryFigures = 55;
    private const int DroppedFigure = 8;

    /// <summary>Datagrams that are a long queue: a few batches, a millisecond's work.</summary>
    private const int LongQueue = 4 * UdpReceiveBatch.Size;

    /// <summary>The share of the buffer above which the next burst is lost in part.</summary>
    private const double NearlyFull = 0.5;

    /// <summary>What waits behind the datagram that is being handled; told by the engine, on the receiving thread.</summary>
    internal Backlog Backlog { get; set; }

    /// <summary>How often everything that had come was taken; stays as it is where a thread of its own reads the socket.</summary>
    public long Emptied => Volatile.Read(ref _emptied);

    /// <summary>Bytes that wait to be received and bytes that may, the kernel's bookkeeping included; zeros where the system does not tell.</summary>
    public (int Waiting, int Capacity) ReadQueue()
    {
        if (_closed || !OperatingSystem.IsLinux())
            return default;

        Span<uint> figures = stackalloc uint[DroppedFigure + 1];
        // SK_MEMINFO_RMEM_ALLOC and SK_MEMINFO_RCVBUF: what the receive queue holds and may hold.
        return TryReadMemory(figures) ? ((int)Math.Min(figures[0], int.MaxValue), (int)Math.Min(figures[1], int.MaxValue)) : default;
    }

    /// <summary>All that had come is taken; told by the engine, on the receiving thread.</summary>
    internal void OnEmptied()
    {
        Backlog = Backlog.Short;
        _emptied++;
    }

    internal Backlog ReadBacklog()
    {
        var (waiting, capacity) = ReadQueue();
        return waiting > capacity * NearlyFull ? Backlog.NearlyFull
            : waiting > LongQueue * BytesPerDatagram ? Backlog.Long
            : Backlog.Short;
    }

    /// <summary>What the system tells of the socket's memory (SO_MEMINFO).</summary>
    private bool TryReadMemory(Span<uint> figures)
    {
        try
        {
            return _socket.GetRawSocketOption(SocketLevel, MemoryFigures, MemoryMarshal.AsBytes(figures)) == figures.Length * sizeof(uint);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed meanwhile, or a system that does not know the option.
            return false;
        }
    }
}
