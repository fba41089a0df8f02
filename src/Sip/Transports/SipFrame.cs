namespace TekSipCloud.Sip.Transports;

/// <summary>What a stream's next bytes are.</summary>
internal enum SipFrame
{
    /// <summary>Nothing complete yet.</summary>
    NeedMore,

    /// <summary>A complete message.</summary>
    Message,

    /// <summary>A double CRLF that asks for an answer (RFC 5626 §3.5.1).</summary>
    Ping,

    /// <summary>Line ends that ask for nothing.</summary>
    Blank,

    /// <summary>No message end can be found in what follows: to be answered if possible, then the connection closes.</summary>
    Invalid,
}
