namespace TekSipCloud.Sip.Transports;

/// <summary>What a connection's next bytes are.</summary>
internal enum SipFrame
{
    /// <summary>Nothing complete yet.</summary>
    NeedMore,

    /// <summary>A complete message.</summary>
    Message,

    /// <summary>A double CRLF that asks for an answer (RFC 5626 §3.5.1).</summary>
    Ping,

    /// <summary>Line ends that ask for nothing: the answer to our own double CRLF, or nothing at all.</summary>
    Blank,

    /// <summary>No message end can be found in what follows: to be answered if possible, then the connection closes.</summary>
    Invalid,

    /// <summary>The protocol below SIP wants to answer something of its own, such as a WebSocket's ping.</summary>
    Control,

    /// <summary>The protocol below SIP ends the connection, after a last answer of its own if there is one.</summary>
    Closed,
}
