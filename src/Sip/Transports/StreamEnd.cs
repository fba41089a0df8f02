namespace TekSipCloud.Sip.Transports;

/// <summary>Why this side cut a connection.</summary>
internal enum StreamEnd
{
    /// <summary>No message came within <see cref="SipTransportOptions.FirstMessageTimeout"/>.</summary>
    NoFirstMessage,

    /// <summary>A message was not complete within <see cref="SipTransportOptions.MessageTimeout"/>.</summary>
    SlowMessage,

    /// <summary>The peer does not read what it is sent.</summary>
    PeerTooSlow,

    /// <summary>Writing failed.</summary>
    WriteFailed,

    /// <summary>Nothing moved for <see cref="SipTransportOptions.IdleTimeout"/>.</summary>
    Idle,

    /// <summary>The peer did not answer a keep-alive within <see cref="SipTransportOptions.PongTimeout"/> (RFC 5626 §4.4.1).</summary>
    NoPong,

    /// <summary>It made room for a new connection.</summary>
    Evicted,
}
