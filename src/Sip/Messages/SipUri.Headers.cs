using System.Text;

namespace TekSipCloud.Sip.Messages;

/// <content>What follows the question mark (RFC 3261 §19.1.1).</content>
public readonly ref partial struct SipUri
{
    /// <summary>Finds a header that a request made of this URI is to have, without its escapes.</summary>
    /// <param name="name">The header's name, in any case; one that is written with escapes is not found.</param>
    /// <returns>Its only value, a character for a byte; null when there is none, or more than one.</returns>
    public string? FindOnlyHeader(ReadOnlySpan<byte> name)
    {
        string? found = null;
        var rest = Headers;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'&');
            var header = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            var equals = header.IndexOf((byte)'=');
            if (equals <= 0 || !SipToken.EqualsIgnoreCase(header[..equals], name))
                continue;

            if (found is not null)
                return null;

            found = Encoding.Latin1.GetString(SipEscapes.Unescape(header[(equals + 1)..], new byte[header.Length]));
        }

        return found;
    }
}
