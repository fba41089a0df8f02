using System.Buffers.Text;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Digest;

/// <summary>An Authorization or Proxy-Authorization value (RFC 3261 §20.7, RFC 7616 §3.4).</summary>
/// <remarks>Borrows the bytes it was parsed from. Quoted values come without quotes, their escapes as they were sent:
/// so they are hashed.</remarks>
public readonly ref struct DigestCredentials
{
    /// <summary>The user name.</summary>
    public ReadOnlySpan<byte> UserName { get; init; }

    /// <summary>The realm that the client answers for.</summary>
    public ReadOnlySpan<byte> Realm { get; init; }

    /// <summary>The nonce of the challenge.</summary>
    public ReadOnlySpan<byte> Nonce { get; init; }

    /// <summary>The URI that the client hashed: not always the Request-URI (see <see cref="IsFor"/>).</summary>
    public ReadOnlySpan<byte> Uri { get; init; }

    /// <summary>The response in hexadecimal digits.</summary>
    public ReadOnlySpan<byte> Response { get; init; }

    /// <summary>The algorithm; MD5 when none is named.</summary>
    public DigestAlgorithm Algorithm { get; init; }

    /// <summary>The qop token; empty when it is absent.</summary>
    public ReadOnlySpan<byte> Qop { get; init; }

    /// <summary>The client's nonce; empty when it is absent.</summary>
    public ReadOnlySpan<byte> ClientNonce { get; init; }

    /// <summary>The nonce count as it was sent: eight hexadecimal digits; empty when it is absent.</summary>
    public ReadOnlySpan<byte> NonceCountText { get; init; }

    /// <summary>The opaque value of the challenge; empty when it is absent.</summary>
    public ReadOnlySpan<byte> Opaque { get; init; }

    /// <summary>How often the client has used the nonce, this time included; 0 when it is absent.</summary>
    public uint NonceCount =>
        Utf8Parser.TryParse(NonceCountText, out uint count, out var digits, 'x') && digits == NonceCountText.Length ? count : 0;

    /// <summary>Whether qop is there, whatever it says.</summary>
    public bool HasQop => !Qop.IsEmpty;

    /// <summary>Whether qop is <c>auth</c> with all that it takes.</summary>
    public bool IsAuth => SipToken.EqualsIgnoreCase(Qop, "auth"u8) && !ClientNonce.IsEmpty && NonceCount > 0;

    /// <summary>Reads a header value such as <c>Digest username="bob", …</c>.</summary>
    /// <param name="value">The whole value of the line.</param>
    /// <param name="credentials">The credentials, or empty on failure.</param>
    /// <param name="error"><see cref="SipParseError.UnknownAuthenticationScheme"/> (as if there were none: challenge),
    /// otherwise a fault to answer with 400: <see cref="SipParseError.BadValue"/> when a part that every answer needs
    /// is missing, or what <see cref="DigestHeader.TryParse"/> found.</param>
    public static bool TryParse(ReadOnlySpan<byte> value, out DigestCredentials credentials, out SipParseError error)
    {
        credentials = default;
        if (!DigestHeader.TryParse(value, out var header, out error))
            return false;

        error = header.IsDigest ? SipParseError.BadValue : SipParseError.UnknownAuthenticationScheme;
        if (!header.IsDigest || !header.Has(DigestField.UserName) || !header.Has(DigestField.Realm))
            return false;

        credentials = new()
        {
            UserName = header[DigestField.UserName],
            Realm = header[DigestField.Realm],
            Nonce = header[DigestField.Nonce],
            Uri = header[DigestField.Uri],
            Response = header[DigestField.Response],
            Algorithm = DigestAlgorithms.Parse(header[DigestField.Algorithm]),
            Qop = header[DigestField.Qop],
            ClientNonce = header[DigestField.ClientNonce],
            NonceCountText = header[DigestField.NonceCount],
            Opaque = header[DigestField.Opaque],
        };
        return IsComplete(ref credentials, ref error);
    }

    /// <summary>Finds the credentials for a realm among several (RFC 3261 §22.2).</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">Authorization or Proxy-Authorization.</param>
    /// <param name="realm">The realm, compared byte by byte.</param>
    /// <param name="credentials">The first that parse and name the realm.</param>
    public static bool TryFind(
        SipMessage request, SipHeaderName name, ReadOnlySpan<byte> realm, out DigestCredentials credentials)
    {
        foreach (var value in request.Values(name))
        {
            if (TryParse(value, out credentials, out _) && credentials.Realm.SequenceEqual(realm))
                return true;
        }

        credentials = default;
        return false;
    }

    /// <summary>Whether the hashed URI names what the request asks for: same user and host, whatever the parameters
    /// (RFC 7616 §3.4.6; phones leave ports and parameters out).</summary>
    public bool IsFor(SipMessage request) =>
        Uri.SequenceEqual(request.RequestUri)
        || (SipUri.TryParse(Uri, out var hashed, out _)
            && SipUri.TryParse(request.RequestUri, out var asked, out _)
            && hashed.User.SequenceEqual(asked.User)
            && SipToken.EqualsIgnoreCase(hashed.Host, asked.Host));

    private static bool IsComplete(ref DigestCredentials credentials, ref SipParseError error)
    {
        var isComplete = !credentials.Nonce.IsEmpty && !credentials.Uri.IsEmpty && !credentials.Response.IsEmpty;
        error = isComplete ? SipParseError.None : SipParseError.BadValue;
        if (!isComplete)
            credentials = default;
        return isComplete;
    }
}
