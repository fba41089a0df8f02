using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TekSipCloud.Sip.Transports;

/// <summary>Room for the datagrams of one <c>recvmmsg</c>, allocated once and pinned. For one loop.</summary>
internal sealed unsafe class UdpReceiveBatch
{
    /// <summary>Datagrams taken by one call.</summary>
    public const int Size = 32;

    // More than the largest datagram, and no multiple of a page: else the starts of all datagrams would share the same few cache lines.
    private const int Stride = 65_536 + 320;
    private const int AddressBytes = 32;

    private readonly byte[] _bytes = GC.AllocateArray<byte>(Size * Stride, pinned: true);
    private readonly byte[] _addresses = GC.AllocateArray<byte>(Size * AddressBytes, pinned: true);
    private readonly LinuxCalls.IoVector[] _vectors = GC.AllocateArray<LinuxCalls.IoVector>(Size, pinned: true);
    private readonly LinuxCalls.BatchEntry[] _entries = GC.AllocateArray<LinuxCalls.BatchEntry>(Size, pinned: true);

    public UdpReceiveBatch()
    {
        for (var i = 0; i < Size; i++)
        {
            _vectors[i] = new() { Base = PointerTo(ref _bytes[i * Stride]), Length = ushort.MaxValue };
            _entries[i].Header.Name = PointerTo(ref _addresses[i * AddressBytes]);
            _entries[i].Header.NameLength = AddressBytes;
            _entries[i].Header.Vectors = PointerTo(ref _vectors[i]);
            _entries[i].Header.VectorCount = 1;
        }
    }

    /// <summary>Takes what has come, without waiting; zero when there is nothing, minus the error number when something else went wrong.</summary>
    public int Receive(int descriptor)
    {
        var count = LinuxCalls.ReceiveMany(descriptor, (LinuxCalls.BatchEntry*)PointerTo(ref _entries[0]), Size, LinuxCalls.DontWait, null);
        return count >= 0 ? count
            : Marshal.GetLastPInvokeError() is var error && error == LinuxCalls.TryAgain ? 0 : -error;
    }

    public Memory<byte> Datagram(int index) => _bytes.AsMemory(index * Stride, _entries[index].Length);

    /// <summary>Where a datagram came from, as the system writes addresses.</summary>
    public ReadOnlySpan<byte> Source(int index)
    {
        ref var length = ref _entries[index].Header.NameLength;
        var source = _addresses.AsSpan(index * AddressBytes, length);
        // The kernel wrote the address's length; the next datagram may have a longer one.
        length = AddressBytes;
        return source;
    }

    private static nint PointerTo<T>(ref T pinned) => (nint)Unsafe.AsPointer(ref pinned);
}
