namespace TekSipCloud.Sip.Tracing;

/// <summary>What an entry of a trace is.</summary>
public enum TraceKind : byte
{
    /// <summary>Room to the end of the buffer.</summary>
    Filler,

    /// <summary>A message that came.</summary>
    Received,

    /// <summary>A message that was sent.</summary>
    Sent,

    /// <summary>What the loop's user noted, such as that a Call-ID belongs to a call.</summary>
    Note,
}
