namespace TekSipCloud.Media.Relay;

/// <summary>
/// Something signalling changes about a session. It waits at the session until the next packet of that session comes, so a call
/// without packets costs the relay's thread nothing.
/// </summary>
internal abstract class SessionChange
{
    /// <summary>The change before this one; the relay's thread turns the order round when it applies them.</summary>
    public SessionChange? Next { get; set; }

    /// <summary>How many wait, this one included.</summary>
    public int Count { get; set; }

    /// <summary>Takes effect; on the relay's thread, between two packets. Ports of a released leg may be another call's by then.</summary>
    public abstract void Apply();
}
