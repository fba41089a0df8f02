using System.Buffers.Text;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Headers;

/// <summary>Which reliable provisional response a PRACK acknowledges (RFC 3262 §7.2).</summary>
/// <remarks>Borrows the bytes it was parsed from.</remarks>
public readonly ref struct RAckHeader
{
    private RAckHeader(uint rseq, uint cseq, ReadOnlySpan<byte> method)
    {
        RSeq = rseq;
        CSeq = cseq;
        Method = method;
    }

    /// <summary>The response's number, 1 to 2^32 − 1.</summary>
    public uint RSeq { get; }

    /// <summary>The number of the request that the response belongs to.</summary>
    public uint CSeq { get; }

    /// <summary>The method's token of that request.</summary>
    public ReadOnlySpan<byte> Method { get; }

    /// <summary>Reads a header value such as <c>776656 1 INVITE</c>.</summary>
    /// <param name="value">The value after the colon, unfolded and trimmed.</param>
    /// <param name="header">The parsed header, or empty on failure.</param>
    /// <param name="error"><see cref="SipParseError.BadNumber"/> or <see cref="SipParseError.BadMethod"/>; answer either with 400.</param>
    public static bool TryParse(ReadOnlySpan<byte> value, out RAckHeader header, out SipParseError error)
    {
        header = default;
        var rest = TryParseNumber(value, out var rseq, out var digits) ? SipToken.TrimStart(value[digits..]) : [];
        var isSeparated = digits + rest.Length < value.Length;
        if (rest.IsEmpty || !isSeparated)
        {
            error = SipParseError.BadNumber;
            return false;
        }

        if (!CSeqHeader.TryParse(rest, out var cseq, out error))
            return false;

        header = new(rseq, cseq.Number, cseq.Method);
        return true;
    }

    /// <summary>Reads the value of RSeq, which numbers the reliable provisional responses to a request (RFC 3262 §7.1).</summary>
    /// <param name="value">The value after the colon, unfolded and trimmed.</param>
    /// <param name="rseq">The number, 1 to 2^32 − 1; 0 on failure.</param>
    /// <param name="error"><see cref="SipParseError.BadNumber"/>.</param>
    public static bool TryParseRSeq(ReadOnlySpan<byte> value, out uint rseq, out SipParseError error)
    {
        if (TryParseNumber(value, out rseq, out var digits) && digits == value.Length)
        {
            error = SipParseError.None;
            return true;
        }

        rseq = 0;
        error = SipParseError.BadNumber;
        return false;
    }

    private static bool TryParseNumber(ReadOnlySpan<byte> value, out uint number, out int digits) =>
        Utf8Parser.TryParse(value, out number, out digits) && number > 0 && value[0] != '+';
}
