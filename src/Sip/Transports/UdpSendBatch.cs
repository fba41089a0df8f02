using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TekSipCloud.Sip.Transports;

/// <summary>Datagrams gathered for one <c>sendmmsg</c>, in room allocated once and pinned. For one loop.</summary>
internal sealed unsafe class UdpSendBatch
{
    /// <summary>Datagrams sent by one call.</summary>
    public const int Size = 64;

    private const int Room = 4 * 65_536;
    private const int AddressBytes = 32;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Room, pinned: true);
    private readonly byte[] _addresses = GC.AllocateArray<byte>(Size * AddressBytes, pinned: true);
    private readonly LinuxCalls.IoVector[] _vectors = GC.AllocateArray<LinuxCalls.IoVector>(Size, pinned: true);
    private readonly LinuxCalls.BatchEntry[] _entries = GC.AllocateArray<LinuxCalls.BatchEntry>(Size, pinned: true);
    private int _used;

    public UdpSendBatch()
    {
        for (var i = 0; i < Size; i++)
        {
            _entries[i].Header.Name = PointerTo(ref _addresses[i * AddressBytes]);
            _entries[i].Header.Vectors = PointerTo(ref _vectors[i]);
            _entries[i].Header.VectorCount = 1;
        }
    }

    /// <summary>Datagrams that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Copies a datagram; false when there is no room for it before the others have left.</summary>
    public bool TryAdd(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> address)
    {
        if (Count == Size || datagram.Length > Room - _used)
            return false;

        datagram.CopyTo(_bytes.AsSpan(_used));
        address.CopyTo(_addresses.AsSpan(Count * AddressBytes));
        _vectors[Count] = new() { Base = PointerTo(ref _bytes[0]) + _used, Length = datagram.Length };
        _entries[Count].Header.NameLength = address.Length;
        _used += datagram.Length;
        Count++;
        return true;
    }

    /// <summary>Gives the datagrams from <paramref name="first"/> on to the network; how many it took, or minus the error number.</summary>
    public int Send(int descriptor, int first)
    {
        // A single one, which is what there is at a low rate, costs the system less by the plain call.
        var sent = first == Count - 1 ? SendOne(descriptor, first) : SendMany(descriptor, first);
        return sent >= 0 ? sent : -Marshal.GetLastPInvokeError();
    }

    /// <summary>Where a datagram was to go.</summary>
    public ReadOnlySpan<byte> Address(int index) => _addresses.AsSpan(index * AddressBytes, _entries[index].Header.NameLength);

    public void Clear() => Count = _used = 0;

    private int SendOne(int descriptor, int index)
    {
        ref readonly var header = ref _entries[index].Header;
        var sent = LinuxCalls.SendTo(descriptor, _vectors[index].Base, _vectors[index].Length, 0, header.Name, header.NameLength);
        return sent >= 0 ? 1 : -1;
    }

    private int SendMany(int descriptor, int first)
    {
        var entries = (LinuxCalls.BatchEntry*)PointerTo(ref _entries[0]);
        return LinuxCalls.SendMany(descriptor, entries + first, (uint)(Count - first), 0);
    }

    private static nint PointerTo<T>(ref T pinned) => (nint)Unsafe.AsPointer(ref pinned);
}
