using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace TekSipCloud.Sip.Transports;

/// <content>What the system drops.</content>
public sealed partial class UdpTransport
{
    private const int AttachFilter = 26;
    private const int DetachFilter = 27;

    private readonly Lock _counting = new();
    private double _shedShare;
    private long _dropped;
    private long _shed;
    private uint _lost;

    /// <summary>Datagrams that the system dropped because the socket's buffer was full; known on Linux only, else 0.</summary>
    public long Dropped
    {
        get
        {
            CountLost();
            return Interlocked.Read(ref _dropped);
        }
    }

    /// <summary>Datagrams that the system dropped while it was told to (<see cref="TryShed"/>).</summary>
    public long Shed
    {
        get
        {
            CountLost();
            return Interlocked.Read(ref _shed);
        }
    }

    /// <summary>Both of them, with one question to the system.</summary>
    public long Lost
    {
        get
        {
            CountLost();
            return Interlocked.Read(ref _dropped) + Interlocked.Read(ref _shed);
        }
    }

    /// <summary>
    /// Has the system drop a share of the REGISTERs without credentials that come to this socket, before anybody is woken by them; nothing else is. Phones repeat
    /// what gets no answer (RFC 3261 §17.1.2.2). From one thread at a time.
    /// </summary>
    /// <param name="share">0 (none) to 1 (all).</param>
    /// <returns>False where the system does not offer it.</returns>
    public bool TryShed(double share)
    {
        if (share == _shedShare || _closed)
            return true;
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
            return false;

        try
        {
            // What was lost so far was lost under the old share.
            CountLost();
            SetFilter(share);
            _shedShare = share;
            return true;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private unsafe void SetFilter(double share)
    {
        if (share <= 0)
        {
            _socket.SetRawSocketOption(SocketLevel, DetachFilter, new byte[sizeof(int)]);
            return;
        }

        var program = NewRegisterFilter.Write(share);
        fixed (NewRegisterFilter.Instruction* first = program)
        {
            // struct sock_fprog.
            var option = new FilterProgram((ushort)program.Length, (nint)first);
            _socket.SetRawSocketOption(SocketLevel, AttachFilter, MemoryMarshal.AsBytes(new ReadOnlySpan<FilterProgram>(in option)));
        }
    }

    private void CountLost()
    {
        if (_closed || !OperatingSystem.IsLinux())
            return;

        Span<uint> figures = stackalloc uint[DroppedFigure + 1];
        lock (_counting)
        {
            if (!TryReadMemory(figures))
                return;

            // The system's figure is one of 32 bits.
            var lost = unchecked(figures[DroppedFigure] - _lost);
            _lost = figures[DroppedFigure];
            Interlocked.Add(ref _shedShare > 0 ? ref _shed : ref _dropped, lost);
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct FilterProgram(ushort Length, nint First);
}
