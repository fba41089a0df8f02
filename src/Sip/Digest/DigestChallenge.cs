using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Digest;

/// <summary>A WWW-Authenticate or Proxy-Authenticate value (RFC 3261 §20.44, RFC 7616 §3.3).</summary>
/// <remarks>Borrows the bytes it was parsed from. Quoted values come without quotes, their escapes as they were
/// sent.</remarks>
public readonly ref struct DigestChallenge
{
    /// <summary>The realm: it says which user name and password are asked for.</summary>
    public ReadOnlySpan<byte> Realm { get; init; }

    /// <summary>The nonce.</summary>
    public ReadOnlySpan<byte> Nonce { get; init; }

    /// <summary>To be sent back as it is; empty when it is absent.</summary>
    public ReadOnlySpan<byte> Opaque { get; init; }

    /// <summary>The algorithm; MD5 when none is named.</summary>
    public DigestAlgorithm Algorithm { get; init; }

    /// <summary>Whether the nonce of our credentials was too old but the response right: answer again without asking
    /// anyone.</summary>
    public bool IsStale { get; init; }

    /// <summary>Whether qop is there, whatever it offers.</summary>
    public bool HasQop { get; init; }

    /// <summary>Whether qop offers <c>auth</c>.</summary>
    public bool OffersAuth { get; init; }

    /// <summary>Whether we can answer: a known algorithm, and qop absent or offering <c>auth</c>.</summary>
    public bool IsAnswerable => Algorithm != DigestAlgorithm.Unknown && (OffersAuth || !HasQop);

    /// <summary>Reads a header value such as <c>Digest realm="biloxi.com", …</c>.</summary>
    /// <param name="value">The whole value of the line.</param>
    /// <param name="challenge">The challenge, or empty on failure.</param>
    /// <param name="error"><see cref="SipParseError.UnknownAuthenticationScheme"/>;
    /// <see cref="SipParseError.BadValue"/> without realm or nonce; or what <see cref="DigestHeader.TryParse"/> found.
    /// It came in a response: nothing is answered.</param>
    public static bool TryParse(ReadOnlySpan<byte> value, out DigestChallenge challenge, out SipParseError error)
    {
        challenge = default;
        if (!DigestHeader.TryParse(value, out var header, out error))
            return false;

        error = header.IsDigest ? SipParseError.BadValue : SipParseError.UnknownAuthenticationScheme;
        if (!header.IsDigest || !header.Has(DigestField.Realm) || header[DigestField.Nonce].IsEmpty)
            return false;

        challenge = new()
        {
            Realm = header[DigestField.Realm],
            Nonce = header[DigestField.Nonce],
            Opaque = header[DigestField.Opaque],
            Algorithm = DigestAlgorithms.Parse(header[DigestField.Algorithm]),
            IsStale = SipToken.EqualsIgnoreCase(header[DigestField.Stale], "true"u8),
            HasQop = header.Has(DigestField.Qop),
            OffersAuth = HasAuth(header[DigestField.Qop]),
        };
        error = SipParseError.None;
        return true;
    }

    /// <summary>Chooses the challenge of a 401 or 407 that we can answer for a realm.</summary>
    /// <param name="response">The response.</param>
    /// <param name="realm">The only realm our password may be used for, compared byte by byte; any realm when
    /// empty.</param>
    /// <param name="challenge">The topmost one that is answerable: servers list them by preference (RFC 8760
    /// §2.4).</param>
    public static bool TryChoose(SipMessage response, ReadOnlySpan<byte> realm, out DigestChallenge challenge)
    {
        var name = response.StatusCode == 407 ? SipHeaderName.ProxyAuthenticate : SipHeaderName.WwwAuthenticate;
        foreach (var value in response.Values(name))
        {
            if (TryParse(value, out challenge, out _) && challenge.IsAnswerable
                && (realm.IsEmpty || challenge.Realm.SequenceEqual(realm)))
                return true;
        }

        challenge = default;
        return false;
    }

    /// <summary>Writes a challenge line with <c>qop="auth"</c>.</summary>
    /// <param name="writer">Within a 401 or 407.</param>
    /// <param name="name">WWW-Authenticate in a 401, Proxy-Authenticate in a 407.</param>
    /// <remarks>To offer both algorithms write two lines, SHA-256 first (RFC 8760 §2.4); some phones read only
    /// one.</remarks>
    /// <exception cref="ArgumentException">A realm, nonce or opaque with quotes, backslashes or control characters, or
    /// an unknown algorithm.</exception>
    public void Write(SipWriter writer, SipHeaderName name)
    {
        if (Algorithm == DigestAlgorithm.Unknown)
            throw new ArgumentException("No algorithm to offer.", nameof(name));

        writer.StartHeader(name);
        writer.Append("Digest realm="u8);
        DigestAnswer.AppendBare(writer, Realm);
        writer.Append(", nonce="u8);
        DigestAnswer.AppendBare(writer, Nonce);
        if (!Opaque.IsEmpty)
        {
            writer.Append(", opaque="u8);
            DigestAnswer.AppendBare(writer, Opaque);
        }

        writer.Append(IsStale ? ", stale=true, algorithm="u8 : ", algorithm="u8);
        writer.Append(Algorithm.Token());
        writer.Append(", qop=\"auth\""u8);
        writer.EndHeader();
    }

    private static bool HasAuth(ReadOnlySpan<byte> offers)
    {
        while (!offers.IsEmpty)
        {
            if (SipToken.EqualsIgnoreCase(SipList.Next(ref offers, true), "auth"u8))
                return true;
        }

        return false;
    }
}
