namespace TekSipCloud.Media.Relay;

/// <summary>What a relay loop needs of the system: readiness of many sockets, one receive, one send.</summary>
/// <remarks>Waiting and receiving are the loop's thread's only. Sending is too, but for a leg's farewell once the loop is done with it.</remarks>
internal interface IRelayIo : IDisposable
{
    /// <summary>Begins to report a socket's readiness as <paramref name="key"/>. Any thread.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The system cannot watch one more.</exception>
    void Watch(MediaSocket socket, ulong key);

    /// <summary>Ends it; keys of the current batch may still name the socket. Any thread, and more than once.</summary>
    void Unwatch(MediaSocket socket);

    /// <summary>Waits until a socket can be read, <see cref="Wake"/> is called or the time is over.</summary>
    /// <param name="ready">Receives the keys.</param>
    /// <param name="timeoutMilliseconds">−1 waits without end.</param>
    /// <returns>How many keys were written; 0 when only woken.</returns>
    int Wait(Span<ulong> ready, int timeoutMilliseconds);

    /// <summary>Ends a wait, the present or the next one. Any thread.</summary>
    void Wake();

    /// <summary>Receives one datagram without waiting.</summary>
    /// <returns>Its bytes, cut to the buffer; −1 when there is none.</returns>
    int Receive(MediaSocket socket, Span<byte> buffer, ref PeerAddress from);

    /// <summary>Sends one datagram without waiting.</summary>
    /// <returns>Whether the system took it.</returns>
    bool Send(MediaSocket socket, ReadOnlySpan<byte> packet, in PeerAddress to);
}
