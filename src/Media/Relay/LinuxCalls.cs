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

    private const int OpenFiles = 7;
    private const string Libc = "libc";

    /// <summary>
    /// How many files the process may have open, raised to the most that it may ask for; null when the system does not say. (The runtime raises it at
    /// its start as well, where it is not told otherwise.)
    /// </summary>
    public static long? RaiseOpenFileLimit()
    {
        if (!Environment.Is64BitProcess || GetLimit(OpenFiles, out var limit) != 0)
            return null;

        var raised = limit with { Soft = limit.Hard };
        if (limit.Soft < limit.Hard && SetLimit(OpenFiles, raised) == 0)
            limit = raised;
        return (long)Math.Min(limit.Soft, long.MaxValue);
    }

    [LibraryImport(Libc, EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport(Libc, EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limit limit);

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

    /// <summary><c>struct rlimit</c> of a 64-bit system.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private record struct Limit(ulong Soft, ulong Hard);
}
