using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Testing.Phones;

/// <summary>One party's audio: G.711 µ-law, a packet each 20 ms of a tone, every one counted; what comes is counted too.</summary>
internal sealed class ToneStream : IAsyncDisposable
{
    private const int HeaderLength = 12;
    private const int FrameSamples = 160;
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _end = new();
    private readonly byte[] _tone;
    private readonly Task _listening;
    private Task _talking = Task.CompletedTask;
    private long _began;
    private int _sent;
    private int _heard;

    public ToneStream(int hertz)
    {
        _tone = Tone.InMulaw(hertz);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listening = Listen();
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>How much was said so far.</summary>
    public TimeSpan Said => Volatile.Read(ref _sent) * Frame;

    /// <summary>How much came so far, whatever it was.</summary>
    public TimeSpan Heard => Volatile.Read(ref _heard) * Frame;

    /// <summary>Begins to talk; who talks already goes on.</summary>
    public void TalkTo(IPEndPoint remote)
    {
        if (_began != 0)
            return;

        _began = Stopwatch.GetTimestamp();
        _talking = Talk(remote);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_talking, _listening);
        _socket.Dispose();
        _end.Dispose();
    }

    private async Task Talk(IPEndPoint remote)
    {
        using var timer = new PeriodicTimer(Frame, TimeProvider.System);
        var packet = new byte[HeaderLength + FrameSamples];
        try
        {
            do
            {
                // A timer that was late does not make the talk shorter.
                for (var due = (int)(Stopwatch.GetElapsedTime(_began) / Frame); _sent <= due; Volatile.Write(ref _sent, _sent + 1))
                {
                    Write(packet, _sent);
                    await _socket.SendToAsync(packet, remote, _end.Token);
                }
            }
            while (await timer.WaitForNextTickAsync(_end.Token));
        }
        catch (Exception gone) when (gone is OperationCanceledException or SocketException)
        {
            // The call is over, or its server.
        }
    }

    private void Write(byte[] packet, int number)
    {
        // RFC 3550 §5.1
        packet[0] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)number);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), (uint)number * FrameSamples);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), (uint)Port);
        _tone.AsSpan(number * FrameSamples % _tone.Length, FrameSamples).CopyTo(packet.AsSpan(HeaderLength));
    }

    private async Task Listen()
    {
        var buffer = new byte[2048];
        var from = new IPEndPoint(IPAddress.Any, 0);
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await _socket.ReceiveFromAsync(buffer, from, _end.Token);
                Interlocked.Increment(ref _heard);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // Told that a server that was killed has no such port any more.
            }
        }
    }
}
