using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace TekSipCloud.Sip.Transports;

/// <summary>The ICMP errors that a socket's datagrams came back with, each with the destination it is about. For one loop.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class UdpErrorQueue
{
    private const int LevelIp = 0;
    private const int LevelIpV6 = 41;
    private const int ReceiveErrors = 11;
    private const int ReceiveErrorsV6 = 25;
    private const int OriginIcmp = 2;
    private const int OriginIcmpV6 = 3;
    private const int AddressBytes = 32;

    /// <summary>Length, level and type of a control message come before its content.</summary>
    private const int ControlHeader = 16;

    private readonly byte[] _address = GC.AllocateArray<byte>(AddressBytes, pinned: true);
    private readonly byte[] _control = GC.AllocateArray<byte>(512, pinned: true);

    /// <summary>Asks the system to keep the errors of this socket.</summary>
    public UdpErrorQueue(Socket socket)
    {
        var yes = BitConverter.GetBytes(1);
        if (socket.AddressFamily == AddressFamily.InterNetworkV6)
            socket.SetRawSocketOption(LevelIpV6, ReceiveErrorsV6, yes);
        else
            socket.SetRawSocketOption(LevelIp, ReceiveErrors, yes);
    }

    /// <summary>
    /// Takes the oldest error; false when there is none. <paramref name="destination"/> is the address that cannot be reached, empty when the error
    /// says less than that.
    /// </summary>
    public bool TryTake(int descriptor, out ReadOnlySpan<byte> destination)
    {
        var message = new LinuxCalls.MessageHeader
        {
            Name = PointerTo(_address),
            NameLength = AddressBytes,
            Control = PointerTo(_control),
            ControlLength = _control.Length,
        };
        destination = [];
        if (LinuxCalls.ReceiveMessage(descriptor, &message, LinuxCalls.ErrorQueue | LinuxCalls.DontWait) < 0)
            return false;

        if (IsUnreachable(_control.AsSpan(0, (int)message.ControlLength)))
            destination = _address.AsSpan(0, message.NameLength);
        return true;
    }

    private static bool IsUnreachable(ReadOnlySpan<byte> control)
    {
        while (control.Length > ControlHeader)
        {
            var length = (int)BitConverter.ToInt64(control);
            if (length <= ControlHeader || length > control.Length)
                return false;

            var (level, type) = (BitConverter.ToInt32(control[8..]), BitConverter.ToInt32(control[12..]));
            if ((level == LevelIp && type == ReceiveErrors) || (level == LevelIpV6 && type == ReceiveErrorsV6))
                return IsFinal(control[ControlHeader..length]);

            // Control messages begin at multiples of eight.
            control = control[Math.Min(control.Length, (length + 7) & ~7)..];
        }

        return false;
    }

    /// <summary>RFC 3261 §18.4: unreachable hosts, nets, ports and protocols and parameter problems are failures; the others are to be ignored.</summary>
    /// <param name="error"><c>struct sock_extended_err</c>: error number, origin, type, code.</param>
    private static bool IsFinal(ReadOnlySpan<byte> error) => error.Length >= 8 && (error[4], error[5], error[6]) switch
    {
        // Fragmentation needed: the next one fits.
        (OriginIcmp, 3, 4) => false,
        (OriginIcmp, 3 or 12, _) => true,
        (OriginIcmpV6, 1 or 4, _) => true,
        _ => false,
    };

    private static nint PointerTo(byte[] pinned) => (nint)Unsafe.AsPointer(ref pinned[0]);
}
