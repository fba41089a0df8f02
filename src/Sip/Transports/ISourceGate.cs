namespace TekSipCloud.Sip.Transports;

/// <summary>
/// Bounds what one source may cost before it has shown who it is. Asked for every datagram and every stateless answer, from several threads:
/// implementations neither allocate nor wait.
/// </summary>
public interface ISourceGate
{
    /// <summary>Whether a datagram is worth parsing; one that is not is dropped and counted in <see cref="UdpTransport.Unheard"/>.</summary>
    /// <param name="source">
    /// The sender's address as the system gives it (<see cref="System.Net.SocketAddress.Buffer"/> up to its size); valid during the call.
    /// </param>
    /// <param name="datagram">What came; valid during the call.</param>
    bool Admits(ReadOnlySpan<byte> source, ReadOnlySpan<byte> datagram);

    /// <summary>Takes what an answer to a stranger costs; false when the source has spent its share: it gets none.</summary>
    /// <param name="flow">The way the answer would take.</param>
    bool MayAnswer(SipFlow flow);
}
