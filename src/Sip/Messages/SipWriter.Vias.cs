using System.Net;
using System.Runtime.CompilerServices;
using TekSipCloud.Sip.Headers;

namespace TekSipCloud.Sip.Messages;

/// <content>The Via stack.</content>
public sealed partial class SipWriter
{
    /// <summary>Writes a Via line of our own (RFC 3261 §20.42).</summary>
    /// <param name="transport">Such as <c>UDP</c>.</param>
    /// <param name="sentBy">Host and perhaps port, IPv6 in brackets.</param>
    /// <param name="branch">With the magic cookie.</param>
    /// <param name="hasRport">Whether to ask for the response to the source port (RFC 3581 §3).</param>
    /// <param name="hasAlias">Whether to offer the connection for the peer's requests (RFC 5923 §8.1).</param>
    /// <exception cref="ArgumentException">A piece with control characters.</exception>
    public void Via(
        ReadOnlySpan<byte> transport, ReadOnlySpan<byte> sentBy, ReadOnlySpan<byte> branch, bool hasRport = true, bool hasAlias = false)
    {
        StartHeader(SipHeaderName.Via);
        Put("SIP/2.0/"u8);
        Append(transport);
        Put(" "u8);
        Append(sentBy);
        if (hasRport)
            Put(";rport"u8);
        if (hasAlias)
            Put(";alias"u8);
        Put(";branch="u8);
        Append(branch);
        if (!sentBy.IsEmpty && SipToken.IsToken(branch))
            NoteBranch(branch.Length);
        EndHeader();
    }

    /// <summary>Copies a request's Via stack, the topmost value on a line of its own with received and rport filled in:
    /// for its response, and for the request that a proxy passes on below its own Via.</summary>
    /// <param name="request">The request; also one whose parsing failed.</param>
    /// <param name="source">Where the request came from (RFC 3261 §18.2.1, RFC 3581 §4).</param>
    public void CopyVias(SipMessage request, IPEndPoint source)
    {
        var isTop = true;
        for (var index = request.FirstLine(SipHeaderName.Via); index >= 0; index = request.NextLine(SipHeaderName.Via, index))
        {
            var rest = request.LineAt(index).Value;
            if (isTop && TryWritePlainTop(request, rest, source))
            {
                isTop = false;
                continue;
            }

            while (isTop && !rest.IsEmpty)
            {
                if (SipList.Next(ref rest, true) is not { IsEmpty: false } value)
                    continue;
                WriteTopVia(value, source);
                isTop = false;
            }

            // Lists stay lists: of a line of commas and little else an answer would become many times its request.
            if (rest.ContainsAnyExcept(", \t"u8))
                WriteVia(SipToken.Trim(rest));
        }
    }

    /// <summary>Writes a line whose only value was read before and has neither white space nor quotes: all but what is replaced is copied as it
    /// stands.</summary>
    private bool TryWritePlainTop(SipMessage request, ReadOnlySpan<byte> line, IPEndPoint source)
    {
        if (!request.TryGetReadTopVia(out var via))
            return false;

        var parameters = via.Parameters.Bytes;
        if (line.Length != via.Head.Length + parameters.Length || parameters.IndexOfAny((byte)' ', (byte)'"', (byte)'\t') >= 0)
            return false;

        BeginHeader(SipHeaderName.Via);
        Put(via.Head);
        var hasRport = false;
        var copied = 0;
        foreach (var parameter in via.Parameters)
        {
            var isRport = SipToken.EqualsIgnoreCase(parameter.Name, "rport"u8);
            hasRport |= isRport;
            if (!isRport && !SipToken.EqualsIgnoreCase(parameter.Name, "received"u8))
                continue;

            var start = (int)Unsafe.ByteOffset(in parameters[0], in parameter.Name[0]) - 1;
            Put(parameters[copied..start]);
            copied = start + 1 + parameter.Name.Length + (parameter.Value.IsEmpty ? 0 : parameter.Value.Length + 1);
        }

        Put(parameters[copied..]);
        AppendSource(via.Host, hasRport, source);
        EndHeader();
        return true;
    }

    private void WriteTopVia(ReadOnlySpan<byte> value, IPEndPoint source)
    {
        if (!ViaHeader.TryParse(value, out var via, out _))
        {
            WriteVia(value);
            return;
        }

        StartHeader(SipHeaderName.Via);
        AppendTopVia(via, source);
        EndHeader();
    }

    private void WriteVia(ReadOnlySpan<byte> values)
    {
        StartHeader(SipHeaderName.Via);
        PutClean(values);
        EndHeader();
    }

    private void AppendTopVia(ViaHeader via, IPEndPoint source)
    {
        PutClean(via.Head);
        foreach (var parameter in via.Parameters)
        {
            // What a sender claims about its own source counts for nothing.
            if (SipToken.EqualsIgnoreCase(parameter.Name, "received"u8)
                || SipToken.EqualsIgnoreCase(parameter.Name, "rport"u8))
                continue;
            Put(";"u8);
            Put(parameter.Name);
            if (parameter.Value.IsEmpty)
                continue;
            Put("="u8);
            PutClean(parameter.Value);
        }

        AppendSource(via.Host, via.HasRport, source);
    }

    private void AppendSource(ReadOnlySpan<byte> sentBy, bool hasRport, IPEndPoint source)
    {
        // RFC 3581 §4: with rport, received is there even when it equals sent-by.
        if (hasRport || !IsSentFrom(sentBy, source.Address))
        {
            Put(";received="u8);
            Append(source.Address);
        }

        if (!hasRport)
            return;
        Put(";rport="u8);
        PutNumber((uint)source.Port);
    }

    private static bool IsSentFrom(ReadOnlySpan<byte> host, IPAddress source)
    {
        Span<byte> text = stackalloc byte[LongestAddress];
        return SipToken.EqualsIgnoreCase(host.StartsWith("["u8) ? host[1..^1] : host, Plain(source, text));
    }
}
