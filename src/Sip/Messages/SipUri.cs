using TekSipCloud.Sip.Headers;

namespace TekSipCloud.Sip.Messages;

/// <summary>A sip, sips or tel URI taken apart; of any other URI the scheme only (RFC 3261 §19.1, RFC 3966).</summary>
/// <remarks>Borrows the bytes it was parsed from.</remarks>
public readonly ref partial struct SipUri
{
    /// <summary>The whole URI.</summary>
    public ReadOnlySpan<byte> Bytes { get; private init; }

    /// <summary>The scheme.</summary>
    public SipUriScheme Scheme { get; private init; }

    /// <summary>The user part with its escapes, or the number of a tel URI; empty when there is none.</summary>
    public ReadOnlySpan<byte> User { get; private init; }

    /// <summary>The password with its escapes; empty when there is none. Never logged.</summary>
    public ReadOnlySpan<byte> Password { get; private init; }

    /// <summary>A host name, IPv4 address or IPv6 reference in brackets; empty for tel and other schemes.</summary>
    public ReadOnlySpan<byte> Host { get; private init; }

    /// <summary>The port, 1–65535; 0 when it is absent.</summary>
    public int Port { get; private init; }

    /// <summary>The URI's own parameters.</summary>
    public SipParameters Parameters { get; private init; }

    /// <summary>What follows <c>?</c>: <c>name=value</c> pairs joined by <c>&amp;</c>, escaped; empty when there are
    /// none.</summary>
    public ReadOnlySpan<byte> Headers { get; private init; }

    /// <summary>The <c>transport</c> parameter; empty when it is absent.</summary>
    public ReadOnlySpan<byte> Transport => Parameters["transport"u8];

    /// <summary>Whether the <c>lr</c> parameter is there: a loose router (RFC 3261 §16.12).</summary>
    public bool IsLooseRouter => Parameters.Has("lr"u8);

    /// <summary>Puts together what was read before; there are no headers.</summary>
    internal static SipUri Again(
        ReadOnlySpan<byte> bytes, SipUriScheme scheme, ReadOnlySpan<byte> user, ReadOnlySpan<byte> password, ReadOnlySpan<byte> host, int port,
        ReadOnlySpan<byte> parameters) => new()
        {
            Bytes = bytes,
            Scheme = scheme,
            User = user,
            Password = password,
            Host = host,
            Port = port,
            Parameters = SipParameters.Again(parameters),
        };

    /// <summary>The <c>user</c> part without its escapes.</summary>
    /// <param name="buffer">Receives the bytes when there are escapes; as long as <see cref="User"/> is always
    /// enough.</param>
    /// <returns><see cref="User"/> itself when it has no escape, otherwise a slice of
    /// <paramref name="buffer"/>.</returns>
    /// <exception cref="IndexOutOfRangeException">The buffer is too short.</exception>
    public ReadOnlySpan<byte> UnescapeUser(Span<byte> buffer) => SipEscapes.Unescape(User, buffer);

    /// <summary>Makes a user part out of any text, such as a number after translation: what may not stand in one is
    /// escaped, so nothing in it can end the user part (RFC 3261 §25.1 <c>user</c>).</summary>
    /// <param name="user">Plain text, UTF-8.</param>
    /// <param name="buffer">Receives the bytes when something is escaped; three times as long as the text is always
    /// enough.</param>
    /// <returns><paramref name="user"/> itself when nothing is escaped, otherwise a slice of
    /// <paramref name="buffer"/>.</returns>
    /// <exception cref="IndexOutOfRangeException">The buffer is too short.</exception>
    public static ReadOnlySpan<byte> EscapeUser(ReadOnlySpan<byte> user, Span<byte> buffer) =>
        SipEscapes.Escape(user, PlainUserBytes, buffer);

    /// <summary>Whether two URIs name the same resource (RFC 3261 §19.1.4).</summary>
    public bool IsEquivalentTo(SipUri other) => SipUriComparison.AreEquivalent(this, other);
}
