namespace TekSipCloud.Sip.Digest;

/// <summary>What credentials are worth.</summary>
public enum DigestVerdict
{
    /// <summary>Wrong password, another algorithm, or no qop although offered: challenge anew and count the
    /// failure against the source.</summary>
    Refused,

    /// <summary>The password is right and the nonce good.</summary>
    Accepted,

    /// <summary>The password is right but the nonce is not good any more, or another node's: challenge with
    /// <c>stale=true</c>, count nothing.</summary>
    Stale,

    /// <summary>The password is right but these credentials were used before: challenge with <c>stale=true</c>, and
    /// count it: a thief replays them, or a phone restarted with an old count.</summary>
    Replayed,
}
