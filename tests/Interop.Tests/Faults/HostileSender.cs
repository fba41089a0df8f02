using System.Net;
using System.Net.Sockets;
using TekSipCloud.Testing.Fuzzing;

namespace TekSipCloud.Interop.Tests.Faults;

/// <summary>Somebody on another loopback address who sends mutations of torture messages, hundreds a second, as long as it lives.</summary>
internal sealed class HostileSender : IAsyncDisposable
{
    private const int Seed = 3261;
    private const int AtATime = 5;

    /// <summary>What a datagram can carry.</summary>
    private const int MostBytes = 65_000;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    public HostileSender(int port)
    {
        _socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.66"), 0));
        _work = Task.Run(() => Work(new IPEndPoint(IPAddress.Loopback, port)));
    }

    /// <summary>Datagrams sent so far.</summary>
    public int Sent { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task Work(IPEndPoint server)
    {
        var random = new Random(Seed);
        var mutator = new SipMutator(FuzzCorpus.ReadMessages());
        using var pace = new PeriodicTimer(Pace);
        while (!_stop.IsCancellationRequested)
        {
            for (var i = 0; i < AtATime; i++, Sent++)
            {
                var message = mutator.Next(random);
                _socket.SendTo(message.AsSpan(0, Math.Min(message.Length, MostBytes)), server);
            }

            await ((Task)pace.WaitForNextTickAsync(_stop.Token).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
