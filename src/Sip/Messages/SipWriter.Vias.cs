using System.Net;
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
    /// <exception cref="ArgumentException">A piece with control characters.</exception>
    public void Via(ReadOnlySpan<byte> transport, ReadOnlySpan<byte> sentBy, ReadOnlySpan<byte> branch, bool hasRport = true)
    {
        StartHeader(SipHeaderName.Via);
        Put("SIP/2.0/"u8);
        Append(transport);
        Put(" "u8);
        Append(sentBy);
        if (hasRport)
            Put(";rport"u8);
        Put(";branch="u8);
        Append(branch);
        EndHeader();
    }

    /// <summary>Copies a request's Via stack, the topmost value on a line of its own with received and rport filled in:
    /// for its response, and for the request that a proxy passes on below its own Via.</summary>
    /// <param name="request">The request; also one whose parsing failed.</param>
    /// <param name="source">Where the request came from (RFC 3261 §18.2.1, RFC 3581 §4).</param>
    public void CopyVias(SipMessage request, IPEndPoint source)
    {
        var isTop = true;
        foreach (var line in request.Lines)
        {
            if (line.Name != SipHeaderName.Via)
                continue;

            var rest = line.Value;
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

        AppendSource(via, source);
    }

    private void AppendSource(ViaHeader via, IPEndPoint source)
    {
        // RFC 3581 §4: with rport, received is there even when it equals sent-by.
        if (via.HasRport || !IsSentFrom(via.Host, source.Address))
        {
            Put(";received="u8);
            Append(source.Address);
        }

        if (!via.HasRport)
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
