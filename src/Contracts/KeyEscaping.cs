using System.Buffers;
using System.Text;

namespace TekSipCloud.Contracts;

/// <summary>
/// The one injective escaping for everything that becomes part of a grain key or a table key: letters, digits, <c>-</c>, <c>.</c>,
/// <c>+</c> and <c>*</c> stay, every other UTF-8 byte becomes <c>~</c> and two hexadecimal digits.
/// </summary>
/// <remarks>The escaped form of a prefix is a prefix of the escaped form, so lists can be searched by it.</remarks>
public static class KeyEscaping
{
    private const string Plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.+*";
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create(Plain);

    /// <summary>Escapes one part of a key.</summary>
    /// <exception cref="ArgumentException">The text has half a surrogate pair, which no UTF-8 can say.</exception>
    public static string Escape(string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (!part.AsSpan().ContainsAnyExcept(PlainCharacters))
            return part;

        var escaped = new StringBuilder(part.Length + 8);
        foreach (var octet in StrictUtf8.GetBytes(part))
        {
            if (Plain.Contains((char)octet, StringComparison.Ordinal))
                escaped.Append((char)octet);
            else
                escaped.Append('~').Append(octet.ToString("x2", null));
        }

        return escaped.ToString();
    }

    /// <summary>Undoes <see cref="Escape"/>.</summary>
    /// <exception cref="FormatException">The text was not made by <see cref="Escape"/>.</exception>
    public static string Unescape(string escaped)
    {
        ArgumentNullException.ThrowIfNull(escaped);
        if (!escaped.Contains('~', StringComparison.Ordinal))
            return escaped;

        var octets = new ArrayBufferWriter<byte>(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '~')
            {
                octets.Write([(byte)escaped[i]]);
                continue;
            }

            if (i + 2 >= escaped.Length)
                throw new FormatException($"'{escaped}' is not an escaped key.");

            octets.Write(Convert.FromHexString(escaped.AsSpan(i + 1, 2)));
            i += 2;
        }

        return StrictUtf8.GetString(octets.WrittenSpan);
    }
}
