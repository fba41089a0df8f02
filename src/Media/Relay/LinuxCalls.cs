using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TekSipCloud.Media.Relay;

/// <summary>The system calls of the packet path on Linux.</summary>
internal static unsafe partial class LinuxCalls
{
    public const int EpollAdd = 1;
    public const int EpollRemove = 2;
    public const uint EpollIn = 1;
    public const int CloseOnExec = 0x80000;
    public const int NonBlocking = 0x800;
    public const int DontWait = 0x40;

    private const string Libc = "libc";

    [LibraryImport(Libc, EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport(Libc, EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(SafeFileHandle epoll, int operation, int descriptor, void* change);

    [LibraryImport(Libc, EntryPoint = "epoll_wait")]
    public static partial int EpollWait(int epoll, void* events, int maxEvents, int timeoutMilliseconds);

    [LibraryImport(Libc, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport(Libc, EntryPoint = "read")]
    public static partial nint Read(SafeFileHandle descriptor, void* buffer, nint count);

    [LibraryImport(Libc, EntryPoint = "write")]
    public static partial nint Write(SafeFileHandle descriptor, void* buffer, nint count);

    [LibraryImport(Libc, EntryPoint = "recvfrom")]
    public static partial nint ReceiveFrom(
        int descriptor, void* buffer, nint length, int flags, void* address, int* addressLength);

    [LibraryImport(Libc, EntryPoint = "sendto")]
    public static partial nint SendTo(
        int descriptor, void* buffer, nint length, int flags, void* address, int addressLength);
}
