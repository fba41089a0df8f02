namespace TekSipCloud.Sip.Digest;

/// <summary>What a nonce that comes back is worth.</summary>
public enum NonceVerdict
{
    /// <summary>Not made under this key, or changed: challenge anew, <c>stale</c> only if the response is
    /// right.</summary>
    Forged,

    /// <summary>Made by this node within the lifetime.</summary>
    Valid,

    /// <summary>Made by this node too long ago: challenge with <c>stale=true</c>.</summary>
    Stale,

    /// <summary>Made by another node under the same key: its use cannot be counted here; challenge with
    /// <c>stale=true</c>.</summary>
    Foreign,
}
