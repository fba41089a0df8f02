using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace TekSipCloud.Sip.Transports;

/// <summary>
/// What a signalling loop sleeps on: its sockets and a wake-up, by one edge-triggered epoll: what was told is not looked at again before the loop
/// sleeps. Sockets come and go by any thread, the rest is the loop's.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class LoopPoller : IDisposable
{
    private const int MaxEvents = 16;

    // The kernel packs struct epoll_event on x86-64 only.
    private static readonly int EventBytes = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int KeyOffset = EventBytes - sizeof(ulong);

    private readonly Lock _gate = new();
    private readonly int _epoll;

    /// <summary>Has the wake-up alone.</summary>
    private readonly int _wakes;

    // Any thread may wake: the handle keeps a wake after the end from reaching a descriptor used anew.
    private readonly SafeFileHandle _wake;
    private readonly byte* _events;
    private ILoopSocket[] _sockets = [];

    public LoopPoller()
    {
        _epoll = Checked(LinuxCalls.EpollCreate(LinuxCalls.CloseOnExec));
        _wakes = Checked(LinuxCalls.EpollCreate(LinuxCalls.CloseOnExec));
        var wake = Checked(LinuxCalls.EventDescriptor(0, LinuxCalls.CloseOnExec | LinuxCalls.NonBlocking));
        _wake = new SafeFileHandle(wake, ownsHandle: true);
        _events = (byte*)NativeMemory.Alloc((nuint)(MaxEvents * EventBytes));
        Control(_epoll, LinuxCalls.EpollAdd, wake);
        Control(_wakes, LinuxCalls.EpollAdd, wake);
    }

    /// <summary>The structures of <see cref="LinuxCalls"/> are those of 64-bit Linux.</summary>
    [SupportedOSPlatformGuard("linux")]
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    public void Add(ILoopSocket socket)
    {
        lock (_gate)
        {
            _sockets = [.. _sockets, socket];
            Control(_epoll, LinuxCalls.EpollAdd, socket.Descriptor);
        }
    }

    /// <summary>When this returns, the loop does not use the socket any more.</summary>
    public void Remove(ILoopSocket socket)
    {
        lock (_gate)
        {
            if (!_sockets.Contains(socket))
                return;

            _sockets = [.. _sockets.Where(other => other != socket)];
            Control(_epoll, LinuxCalls.EpollRemove, socket.Descriptor);
        }
    }

    /// <summary>Sends what the sockets have gathered.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            foreach (var socket in _sockets)
                socket.Flush();
        }
    }

    /// <summary>Waits for a socket or a wake-up.</summary>
    /// <param name="milliseconds">Zero does not wait, -1 waits as long as it takes.</param>
    /// <returns>What <see cref="Serve"/> is to be told.</returns>
    public int Wait(int milliseconds) => LinuxCalls.EpollWait(_epoll, _events, MaxEvents, milliseconds);

    /// <summary>Waits for a wake-up alone, and leaves what comes on the sockets to the next <see cref="Wait"/>.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Rest(int milliseconds) => LinuxCalls.EpollWait(_wakes, _events, MaxEvents, milliseconds) > 0;

    /// <summary>Lets the sockets that are ready take what came.</summary>
    public void Serve(int ready)
    {
        if (ready <= 0)
            return;

        lock (_gate)
        {
            for (var i = 0; i < ready; i++)
            {
                var at = _events + (i * EventBytes);
                ServeOne((int)*(ulong*)(at + KeyOffset), *(uint*)at);
            }
        }
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

    public void Dispose()
    {
        _wake.Dispose();
        _ = LinuxCalls.Close(_epoll);
        _ = LinuxCalls.Close(_wakes);
        NativeMemory.Free(_events);
    }

    private void ServeOne(int descriptor, uint events)
    {
        foreach (var socket in _sockets)
        {
            if (socket.Descriptor != descriptor)
                continue;

            // What is left is told anew by a change that changes nothing. Of a wake-up nothing is ever left: each write tells.
            if (!socket.OnReady((events & LinuxCalls.EpollError) != 0))
                Control(_epoll, LinuxCalls.EpollChange, descriptor);
            return;
        }
    }

    private static void Control(int epoll, int operation, int descriptor)
    {
        var change = stackalloc byte[16];
        *(uint*)change = LinuxCalls.EpollIn | LinuxCalls.EpollEdge;
        *(ulong*)(change + KeyOffset) = (ulong)descriptor;
        _ = Checked(LinuxCalls.EpollControl(epoll, operation, descriptor, change));
    }

    private static int Checked(int result) => result >= 0 ? result : throw new Win32Exception();
}
