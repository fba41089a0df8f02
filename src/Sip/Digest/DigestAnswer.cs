using System.Globalization;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Digest;

/// <summary>Our own credentials, for destinations that challenge us (RFC 3261 §22.2).</summary>
public static class DigestAnswer
{
    /// <summary>Writes the Authorization or Proxy-Authorization line that answers a challenge.</summary>
    /// <param name="writer">Within the request that is sent again, with a new branch and CSeq.</param>
    /// <param name="name">Authorization for a 401, Proxy-Authorization for a 407.</param>
    /// <param name="challenge">An answerable one (see <see cref="DigestChallenge.TryChoose"/>).</param>
    /// <param name="client">Who answers.</param>
    /// <param name="method">The request's method token.</param>
    /// <param name="uri">The request's Request-URI.</param>
    /// <exception cref="ArgumentException">A challenge that is not answerable, an HA1 of another algorithm, or a part
    /// that cannot stand between quotes.</exception>
    public static void Write(
        SipWriter writer,
        SipHeaderName name,
        DigestChallenge challenge,
        DigestClient client,
        ReadOnlySpan<byte> method,
        ReadOnlySpan<byte> uri)
    {
        Span<byte> count = stackalloc byte[8];
        _ = client.NonceCount.TryFormat(count, out _, "x8", CultureInfo.InvariantCulture);
        var credentials = new DigestCredentials
        {
            UserName = client.UserName,
            Realm = challenge.Realm,
            Nonce = challenge.Nonce,
            Uri = uri,
            Algorithm = challenge.Algorithm,
            Opaque = challenge.Opaque,
            Qop = challenge.OffersAuth ? "auth"u8 : default,
            ClientNonce = challenge.OffersAuth ? client.ClientNonce : default,
            NonceCountText = challenge.OffersAuth ? count : default,
        };

        Span<byte> response = stackalloc byte[DigestAlgorithms.MaxHashBytes];
        var length = challenge.IsAnswerable ? DigestResponse.Compute(client.Ha1, method, credentials, response) : 0;
        if (length == 0)
            throw new ArgumentException("No answer to this challenge with this HA1.", nameof(challenge));

        WriteLine(writer, name, credentials, response[..length]);
    }

    /// <summary>Appends text between quotes as it is hashed: escapes it needs are already in it.</summary>
    internal static void AppendBare(SipWriter writer, ReadOnlySpan<byte> text)
    {
        if (!CanStandBetweenQuotes(text))
            throw new ArgumentException("A quote would end the string early.", nameof(text));

        writer.Append("\""u8);
        writer.Append(text);
        writer.Append("\""u8);
    }

    private static bool CanStandBetweenQuotes(ReadOnlySpan<byte> text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '"' || (text[index] == '\\' && ++index == text.Length))
                return false;
        }

        return true;
    }

    private static void WriteLine(
        SipWriter writer, SipHeaderName name, DigestCredentials credentials, ReadOnlySpan<byte> response)
    {
        Span<byte> digits = stackalloc byte[DigestAlgorithms.MaxHashBytes * 2];
        _ = Convert.TryToHexStringLower(response, digits, out var written);
        writer.StartHeader(name);
        writer.Append("Digest username="u8);
        AppendBare(writer, credentials.UserName);
        writer.Append(", realm="u8);
        AppendBare(writer, credentials.Realm);
        writer.Append(", nonce="u8);
        AppendBare(writer, credentials.Nonce);
        writer.Append(", uri="u8);
        AppendBare(writer, credentials.Uri);
        writer.Append(", response=\""u8);
        writer.Append(digits[..written]);
        writer.Append("\", algorithm="u8);
        writer.Append(credentials.Algorithm.Token());
        if (credentials.HasQop)
        {
            writer.Append(", cnonce="u8);
            AppendBare(writer, credentials.ClientNonce);
            writer.Append(", qop=auth, nc="u8);
            writer.Append(credentials.NonceCountText);
        }

        if (!credentials.Opaque.IsEmpty)
        {
            writer.Append(", opaque="u8);
            AppendBare(writer, credentials.Opaque);
        }

        writer.EndHeader();
    }
}
