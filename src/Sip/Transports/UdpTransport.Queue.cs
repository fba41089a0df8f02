using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace TekSipCloud.Sip.Transports;

/// <content>What waits in the kernel.</content>
public sealed partial class UdpTransport
{
    /// <summary>Bytes that wait to be received and bytes that may, the kernel's bookkeeping included; zeros where the system does not tell.</summary>
    public (int Waiting, int Capacity) ReadQueue()
    {
        if (_closed || !OperatingSystem.IsLinux())
            return default;

        Span<uint> figures = stackalloc uint[DroppedFigure + 1];
        try
        {
            _socket.GetRawSocketOption(SocketLevel, MemoryFigures, MemoryMarshal.AsBytes(figures));
            // SK_MEMINFO_RMEM_ALLOC and SK_MEMINFO_RCVBUF: what the receive queue holds and may hold.
            return ((int)Math.Min(figures[0], int.MaxValue), (int)Math.Min(figures[1], int.MaxValue));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return default;
        }
    }
}
