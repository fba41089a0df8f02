namespace TekSipCloud.Sip.Digest;

/// <summary>Whether a nonce and its count may be used now.</summary>
public enum NonceUse
{
    /// <summary>Not used before; it is now.</summary>
    First,

    /// <summary>The count was used before, or is too far behind to know: refuse.</summary>
    Replayed,

    /// <summary>The nonce's earlier uses may have been forgotten: challenge with <c>stale=true</c>.</summary>
    Forgotten,
}
