namespace TekSipCloud.Sip.Digest;

/// <summary>Judges credentials that answer our challenges: response first, in constant time, then nonce, then nonce
/// count.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class DigestVerifier(NonceSource nonces, NonceCountWindow window)
{
    /// <summary>Whether a nonce is this node's and not too old: for asking before the work that the credentials' judgement takes.</summary>
    /// <param name="nonce">As received.</param>
    public bool IsFresh(ReadOnlySpan<byte> nonce) => nonces.Check(nonce, out _) == NonceVerdict.Valid;

    /// <summary>Judges credentials.</summary>
    /// <param name="ha1">16 or 32 bytes, as the credentials' algorithm says. For an unknown user pass any secret of
    /// that length, so that the answer takes as long.</param>
    /// <param name="method">The request's method token.</param>
    /// <param name="credentials">As received. Realm, user and URI are the caller's to compare.</param>
    /// <param name="isOnce">Whether the nonce is to be used for this one request only, whatever its count.</param>
    /// <remarks>Uses up the nonce count of accepted credentials: a retransmission must be caught before, by its
    /// transaction.</remarks>
    public DigestVerdict Verify(ReadOnlySpan<byte> ha1, ReadOnlySpan<byte> method, in DigestCredentials credentials, bool isOnce = false)
    {
        var nonce = nonces.Check(credentials.Nonce, out var stamp);
        if (!DigestResponse.Verify(ha1, method, credentials))
            return DigestVerdict.Refused;

        // RFC 7616 §3.3: stale tells a client with the right password to try again with the new nonce.
        if (nonce != NonceVerdict.Valid)
            return DigestVerdict.Stale;

        return (isOnce ? window.UseOnce(stamp) : window.Use(stamp, credentials.NonceCount)) switch
        {
            NonceUse.First => DigestVerdict.Accepted,
            NonceUse.Forgotten => DigestVerdict.Stale,
            _ => DigestVerdict.Replayed,
        };
    }
}
