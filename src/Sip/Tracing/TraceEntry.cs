using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tracing;

/// <summary>What stands before the content of an entry in a <see cref="TraceRing"/>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct TraceEntry
{
    /// <summary>Bytes of this header.</summary>
    public static int Size => Unsafe.SizeOf<TraceEntry>();

    /// <summary>Header, content and what aligns the next; a filler has this and zeros only.</summary>
    public int TotalLength;

    public TraceKind Kind;

    public byte Protocol;

    public ushort Port;

    public int ContentLength;

    /// <summary>Ticks of universal time.</summary>
    public long At;

    private byte _addressLength;
    private InlineAddress _address;

    /// <summary>The peer.</summary>
    public readonly IPEndPoint Remote
    {
        get
        {
            ReadOnlySpan<byte> octets = _address;
            return new IPEndPoint(new IPAddress(octets[.._addressLength]), Port);
        }
    }

    /// <summary>Says of the content what it is: a message on a flow, or a note on one.</summary>
    public void Describe(TraceKind kind, long at, SipFlow flow)
    {
        Kind = kind;
        At = at;
        Protocol = (byte)flow.Protocol;
        Port = (ushort)flow.Remote.Port;
        var address = flow.Source[2..];
        _addressLength = (byte)address.Length;
        address.CopyTo(_address);
    }

    [InlineArray(16)]
    private struct InlineAddress
    {
        private byte _first;
    }
}
