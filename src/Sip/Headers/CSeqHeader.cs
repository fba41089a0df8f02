using System.Buffers.Text;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Headers;

/// <summary>Orders requests within a dialog and pairs a response with its request (RFC 3261 §20.16).</summary>
/// <remarks>Borrows the bytes it was parsed from.</remarks>
public readonly ref struct CSeqHeader
{
    /// <summary>Largest sequence number a sender may use, 2^31 − 1 (RFC 3261 §8.1.1.5).</summary>
    public const uint MaxNumber = int.MaxValue;

    private CSeqHeader(uint number, ReadOnlySpan<byte> method)
    {
        Number = number;
        Method = method;
    }

    /// <summary>Puts together what was read before.</summary>
    internal static CSeqHeader Again(uint number, ReadOnlySpan<byte> method) => new(number, method);

    /// <summary>The sequence number, 0 to <see cref="MaxNumber"/>.</summary>
    public uint Number { get; }

    /// <summary>The method's token.</summary>
    public ReadOnlySpan<byte> Method { get; }

    /// <summary>Reads a header value such as <c>4711 INVITE</c>.</summary>
    /// <param name="value">The value after the colon, unfolded and trimmed.</param>
    /// <param name="header">The parsed header, or empty on failure.</param>
    /// <param name="error"><see cref="SipParseError.BadNumber"/> or <see cref="SipParseError.BadMethod"/>; answer
    /// either with 400.</param>
    public static bool TryParse(ReadOnlySpan<byte> value, out CSeqHeader header, out SipParseError error)
    {
        header = default;
        if (!Utf8Parser.TryParse(value, out uint number, out var digits) || number > MaxNumber || value[0] == '+')
        {
            error = SipParseError.BadNumber;
            return false;
        }

        var method = SipToken.TrimStart(value[digits..]);
        var isSeparated = digits + method.Length < value.Length;
        if (!isSeparated || !SipToken.IsToken(method))
        {
            error = SipParseError.BadMethod;
            return false;
        }

        header = new(number, method);
        error = SipParseError.None;
        return true;
    }
}
