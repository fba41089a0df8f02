using System.Net;
using System.Net.Sockets;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;

namespace TekSipCloud.Interop.Tests.Strangers;

/// <summary>
/// Two strangers, one at the phones' own address, who send to every media port of a host, whether a call has it or not, as long as they live: RTP each
/// time, and RTCP, checks of ICE, ClientHellos and noise in turn.
/// </summary>
internal sealed class PortSpray : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Socket[] _strangers = [Open("127.0.0.1"), Open("127.0.0.66")];
    private readonly IPEndPoint[] _ports;
    private readonly byte[][] _kinds;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;
    private int _rounds;
    private int _stolen;

    private PortSpray(HostProcess host, byte[] clientHello)
    {
        var range = host.Ports.Rtp.Split('-').Select(port => int.Parse(port, null)).ToArray();
        _ports = [.. Enumerable.Range(range[0], range[1] - range[0] + 1).Select(port => new IPEndPoint(IPAddress.Loopback, port))];
        _kinds = [StrangeDatagrams.Rtcp(), StrangeDatagrams.Check(), clientHello, StrangeDatagrams.Noise()];
        _work = Task.WhenAll(Task.Run(Shoot), Task.Run(() => Listen(_strangers[0])), Task.Run(() => Listen(_strangers[1])));
    }

    /// <summary>What strangers were sent that was not the refusal of a check.</summary>
    public int Stolen => Volatile.Read(ref _stolen);

    /// <summary>How often every port was sent to, twice each time.</summary>
    public int Rounds => Volatile.Read(ref _rounds);

    public static async Task<PortSpray> Start(HostProcess host) => new(host, await StrangeDatagrams.ClientHello());

    /// <summary>Waits for so many rounds from now on.</summary>
    public Task GoesOn(int rounds)
    {
        var enough = Rounds + rounds;
        return Poll.UntilSeen($"{rounds} rounds", () => Rounds, done => done >= enough, Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        foreach (var stranger in _strangers)
            stranger.Dispose();
        _stop.Dispose();
    }

    private static Socket Open(string address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        return socket;
    }

    private async Task Shoot()
    {
        using var pace = new PeriodicTimer(Pace);
        while (!_stop.IsCancellationRequested)
        {
            var (rtp, other, stranger) = (StrangeDatagrams.Rtp(_rounds), _kinds[_rounds % _kinds.Length], _strangers[_rounds / _kinds.Length % 2]);
            foreach (var port in _ports)
            {
                stranger.SendTo(rtp, port);
                stranger.SendTo(other, port);
            }

            Interlocked.Increment(ref _rounds);
            await ((Task)pace.WaitForNextTickAsync(_stop.Token).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Listen(Socket stranger)
    {
        var buffer = new byte[2048];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var length = await stranger.ReceiveAsync(buffer, _stop.Token);
                // RFC 8489 §5: who signs a check wrongly is told so, and no more.
                if (length < 2 || buffer is not [0x01, 0x11, ..])
                    Interlocked.Increment(ref _stolen);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
