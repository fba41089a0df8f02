using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace TekSipCloud.Media.Relay;

/// <summary>Level-triggered epoll: one receive per event, and no second one to learn that the socket is empty.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class EpollIo : IRelayIo
{
    private const int MaxEvents = 128;
    private const ulong WakeKey = ulong.MaxValue;

    // The kernel packs struct epoll_event on x86-64 only.
    private static readonly int EventBytes = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int KeyOffset = EventBytes - sizeof(ulong);

    // Any thread may watch and wake: handles keep what comes after the end from reaching a descriptor used anew.
    private readonly SafeFileHandle _epoll;
    private readonly SafeFileHandle _wake;
    private readonly int _descriptor;
    private readonly byte* _events;

    public EpollIo()
    {
        _descriptor = Checked(LinuxCalls.EpollCreate(LinuxCalls.CloseOnExec));
        _epoll = new SafeFileHandle(_descriptor, ownsHandle: true);
        var wake = Checked(LinuxCalls.EventDescriptor(0, LinuxCalls.CloseOnExec | LinuxCalls.NonBlocking));
        _wake = new SafeFileHandle(wake, ownsHandle: true);
        _events = (byte*)NativeMemory.Alloc((nuint)(MaxEvents * EventBytes));
        Add(wake, WakeKey);
    }

    public void Watch(MediaSocket socket, ulong key) => Add(socket.Descriptor, key);

    public void Unwatch(MediaSocket socket)
    {
        try
        {
            var none = stackalloc byte[16];
            _ = LinuxCalls.EpollControl(_epoll, LinuxCalls.EpollRemove, socket.Descriptor, none);
        }
        catch (ObjectDisposedException)
        {
            // Nobody listens any more.
        }
    }

    public int Wait(Span<ulong> ready, int timeoutMilliseconds)
    {
        var events = LinuxCalls.EpollWait(_descriptor, _events, Math.Min(MaxEvents, ready.Length), timeoutMilliseconds);
        var count = 0;
        for (var i = 0; i < events; i++)
        {
            var key = *(ulong*)(_events + i * EventBytes + KeyOffset);
            if (key == WakeKey)
                ClearWake();
            else
                ready[count++] = key;
        }

        return count;
    }

    public void Wake()
    {
        try
        {
            var one = 1UL;
            _ = LinuxCalls.Write(_wake, &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more.
        }
    }

    public int Receive(MediaSocket socket, Span<byte> buffer, ref PeerAddress from)
    {
        fixed (byte* bytes = buffer)
        fixed (byte* address = from.Buffer)
        {
            var length = PeerAddress.MaxBytes;
            var received = (int)LinuxCalls.ReceiveFrom(
                socket.Descriptor, bytes, buffer.Length, LinuxCalls.DontWait, address, &length);
            from.Length = length;
            return received;
        }
    }

    public bool Send(MediaSocket socket, ReadOnlySpan<byte> packet, in PeerAddress to)
    {
        fixed (byte* bytes = packet)
        fixed (byte* address = to.Bytes)
            return LinuxCalls.SendTo(
                socket.Descriptor, bytes, packet.Length, LinuxCalls.DontWait, address, to.Length) == packet.Length;
    }

    public void Dispose()
    {
        _wake.Dispose();
        _epoll.Dispose();
        NativeMemory.Free(_events);
    }

    private void Add(int descriptor, ulong key)
    {
        var change = stackalloc byte[16];
        *(uint*)change = LinuxCalls.EpollIn;
        *(ulong*)(change + KeyOffset) = key;
        _ = Checked(LinuxCalls.EpollControl(_epoll, LinuxCalls.EpollAdd, descriptor, change));
    }

    private void ClearWake()
    {
        ulong count;
        _ = LinuxCalls.Read(_wake, &count, sizeof(ulong));
    }

    private static int Checked(int result) => result >= 0 ? result : throw new Win32Exception();
}
