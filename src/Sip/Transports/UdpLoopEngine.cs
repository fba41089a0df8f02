using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Sip.Transports;

/// <summary>
/// A socket that its signalling loop reads and writes: a batch is received by one call, handled where it lies, and what it gives to send leaves by
/// one call before the loop waits again.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class UdpLoopEngine : IUdpEngine, ILoopSocket
{
    /// <summary>Full batches taken before timers and posted work get their turn.</summary>
    private const int MaxBatches = 4;

    /// <summary>How long a full device may hold up the loop before datagrams are dropped.</summary>
    private const int SendTimeoutMilliseconds = 20;

    private readonly UdpTransport _transport;
    private readonly Socket _socket;
    private readonly SignallingLoop _loop;
    private readonly UdpReceiveBatch _received = new();
    private readonly UdpSendBatch _gathered = new();
    private readonly UdpErrorQueue _errors;
    private volatile bool _closed;

    public UdpLoopEngine(UdpTransport transport, Socket socket, SignallingLoop loop)
    {
        _transport = transport;
        _socket = socket;
        _loop = loop;
        _errors = new UdpErrorQueue(socket);
        _socket.SendTimeout = SendTimeoutMilliseconds;
        Descriptor = (int)socket.SafeHandle.DangerousGetHandle();
    }

    public int Descriptor { get; }

    public void Start() => _loop.Add(this);

    public bool Send(ReadOnlySpan<byte> datagram, SocketAddress to)
    {
        if (_closed)
            return false;

        var address = to.Buffer.Span[..to.Size];
        if (!_loop.IsCurrent)
            return SendNow(datagram, address);

        if (_gathered.TryAdd(datagram, address))
            return true;

        Flush();
        return _gathered.TryAdd(datagram, address);
    }

    public bool OnReady(bool hasError)
    {
        var hasTakenErrors = !hasError || TakeErrors();
        for (var batch = 0; batch < MaxBatches; batch++)
        {
            var count = _received.Receive(Descriptor);
            // An ICMP error is told once, instead of what came, which is still there.
            if (count < 0)
                continue;

            // A batch that is not full was all there was: asking the system costs nothing while nothing waits.
            if (count < UdpReceiveBatch.Size)
                _transport.OnEmptied();
            else
                _transport.Backlog = _transport.ReadBacklog();
            for (var i = 0; i < count; i++)
                _transport.Take(_received.Datagram(i), _received.Source(i));
            if (count < UdpReceiveBatch.Size)
                return hasTakenErrors;

            Flush();
        }

        return false;
    }

    public void Flush()
    {
        if (_gathered.Count == 0)
            return;

        var next = 0;
        var isSecondTry = false;
        List<UdpFlow>? unreachable = null;
        while (next < _gathered.Count)
        {
            var sent = _gathered.Send(Descriptor, next);
            next += Math.Max(sent, 0);
            if (sent == -LinuxCalls.TryAgain)
            {
                _transport.CountUnsent(_gathered.Count - next);
                break;
            }

            // The first error may be an ICMP error of an earlier datagram, which the system tells once: only the second is this one's.
            var isOwnError = sent < 0 && isSecondTry && !IsOfOthers(-sent);
            if (isOwnError)
                (unreachable ??= []).Add(_transport.FlowOf(_gathered.Address(next++)));
            isSecondTry = sent < 0 && !isOwnError;
        }

        _transport.CountSent(next - (unreachable?.Count ?? 0));
        _gathered.Clear();
        unreachable?.ForEach(_transport.OnUnsendable);
    }

    public void Dispose()
    {
        if (_closed)
            return;

        _closed = true;
        _loop.Remove(this);
        _socket.Dispose();
    }

    private bool SendNow(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> address)
    {
        try
        {
            fixed (byte* bytes = datagram)
            fixed (byte* to = address)
            {
                // Twice, for the reason given in Flush.
                if (TrySend(bytes, datagram.Length, to, address.Length) || TrySend(bytes, datagram.Length, to, address.Length))
                {
                    _transport.CountSent(1);
                    return true;
                }
            }
        }
        catch (ObjectDisposedException)
        {
            return false;
        }

        if (Marshal.GetLastPInvokeError() == LinuxCalls.TryAgain)
        {
            // As good as lost on the way: whoever needs it repeats it.
            _transport.CountUnsent(1);
            return true;
        }

        _transport.OnSendError(SocketError.NetworkUnreachable);
        return false;
    }

    private bool TrySend(void* datagram, int length, void* address, int addressLength)
    {
        nint sent;
        do
            sent = LinuxCalls.SendTo(_socket.SafeHandle, datagram, length, 0, address, addressLength);
        while (sent < 0 && IsOfOthers(Marshal.GetLastPInvokeError()));

        return sent >= 0;
    }

    /// <summary>
    /// Whether an error says nothing of the datagram that was to be sent. A refused port is always an earlier datagram's (sending without a connection
    /// never waits for one), and while many are answered that nobody waits for, several come between two tries.
    /// </summary>
    private static bool IsOfOthers(int error) => error is LinuxCalls.Interrupted or LinuxCalls.ConnectionRefused;

    /// <summary>Takes errors, a bounded number; false when there may be more.</summary>
    private bool TakeErrors()
    {
        for (var i = 0; i < UdpReceiveBatch.Size; i++)
        {
            if (!_errors.TryTake(Descriptor, out var destination))
                return true;
            if (!destination.IsEmpty)
                _transport.OnUnreachable(destination);
        }

        return false;
    }
}
