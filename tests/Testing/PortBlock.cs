using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Testing;

/// <summary>
/// Ports in a row that are free for UDP and TCP and below those the system gives to outgoing connections: they stay free while their
/// owner is restarted. What was given back is given again as late as can be.
/// </summary>
public sealed class PortBlock : IDisposable
{
    private const int Lowest = 11_000;
    private const int Highest = 32_000;
    private static readonly Lock Taking = new();
    private static readonly HashSet<int> Taken = [];

    // Several processes of tests may run at once: each begins elsewhere.
    private static int _next = Random.Shared.Next(Lowest, Highest);
    private readonly int _count;

    private PortBlock(int first, int count)
    {
        First = first;
        _count = count;
    }

    /// <summary>The first port; it is even.</summary>
    public int First { get; }

    /// <summary>The last port.</summary>
    public int Last => First + _count - 1;

    /// <summary>A port of the block, from 0.</summary>
    public int this[int index] => index < _count ? First + index : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Takes a block.</summary>
    public static PortBlock Take(int count)
    {
        lock (Taking)
        {
            // Twice around: the first round may begin amid what would have done.
            for (var passed = 0; passed < 2 * (Highest - Lowest);)
            {
                var first = _next + count > Highest ? Lowest : (_next + 1) & ~1;
                var ports = Enumerable.Range(first, count);
                var obstacle = ports.FirstOrDefault(port => Taken.Contains(port) || !IsFree(port));
                var next = obstacle == 0 ? first + count : obstacle + 1;
                passed += Math.Max(1, next - _next);
                _next = next;
                if (obstacle != 0)
                    continue;

                Taken.UnionWith(ports);
                return new PortBlock(first, count);
            }
        }

        throw new InvalidOperationException($"No {count} ports in a row are free.");
    }

    /// <summary>Gives the ports back.</summary>
    public void Dispose()
    {
        lock (Taking)
            Taken.ExceptWith(Enumerable.Range(First, _count));
    }

    private static bool IsFree(int port) =>
        CanBind(SocketType.Dgram, ProtocolType.Udp, port) && CanBind(SocketType.Stream, ProtocolType.Tcp, port);

    private static bool CanBind(SocketType type, ProtocolType protocol, int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        try
        {
            // On any address: a listener there would take the port from one on loopback.
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
