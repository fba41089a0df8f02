using System.Net;

namespace TekSipCloud.Sip.Transports;

/// <summary>How a UDP socket is read and written.</summary>
internal interface IUdpEngine : IDisposable
{
    /// <summary>Begins to receive.</summary>
    void Start();

    /// <summary>Sends one datagram or puts it into the batch that leaves before the loop waits; from any thread. False when it cannot be sent.</summary>
    bool Send(ReadOnlySpan<byte> datagram, SocketAddress to);
}
