using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Testing;

/// <summary>
/// Ports in a row that are free for UDP and TCP and below those the system gives to outgoing connections: they stay free while their
/// owner is restarted. A process never gives a port twice.
/// </summary>
public sealed class PortBlock
{
    private const int Lowest = 11_000;
    private const int Highest = 32_000;
    private const int Attempts = 200;
    private static readonly Lock Taking = new();
    private static readonly HashSet<int> Taken = [];
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
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var first = Random.Shared.Next(Lowest, Highest - count) & ~1;
                var ports = Enumerable.Range(first, count);
                if (ports.Any(Taken.Contains) || !ports.All(IsFree))
                    continue;

                Taken.UnionWith(ports);
                return new PortBlock(first, count);
            }
        }

        throw new InvalidOperationException($"No {count} ports in a row are free.");
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
