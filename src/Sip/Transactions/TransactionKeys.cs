using System.Text;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>Builds the byte strings by which transactions are found. Each result is valid until the next call; one per loop.</summary>
internal sealed class TransactionKeys
{
    private byte[] _buffer = new byte[512];
    private int _length;

    /// <summary>
    /// RFC 3261 §17.2.3: branch, sent-by and method, and the source's address besides, so that nobody else can take part in a transaction by knowing
    /// its branch. An ACK and a CANCEL find their INVITE by <paramref name="method"/>.
    /// </summary>
    public ReadOnlySpan<byte> Server(SipFlow flow, SipMessage request, ReadOnlySpan<byte> method)
    {
        Restart((byte)'S', method);
        if (!request.TryGetTopVia(out var via))
            return Written;

        AddSource(flow);
        AddLowered(via.Host);
        AddNumber((uint)via.Port);
        if (via.HasMagicCookie)
            Add(via.Branch);
        else
            AddOldIdentity(request, via);
        return Written;
    }

    /// <summary>
    /// RFC 3261 §17.1.3: branch and the CSeq's method, of a request of ours or of its response; Call-ID, From tag and CSeq number besides: the
    /// branch alone must not decide, whoever answers has seen the whole request. Empty when the message lacks something.
    /// </summary>
    public ReadOnlySpan<byte> Client(SipMessage message)
    {
        if (!message.TryGetTopVia(out var via) || !message.TryGetCSeq(out var cseq, out _))
            return [];

        Restart((byte)'C', cseq.Method);
        Add(via.Branch);
        Add(message.CallId);
        Add(message.TryGetFrom(out var from) ? from.Tag : []);
        AddNumber(cseq.Number);
        return Written;
    }

    /// <summary>The key of one fork's answer: that of its INVITE and the fork's tag.</summary>
    public ReadOnlySpan<byte> Fork(ReadOnlySpan<byte> client, ReadOnlySpan<byte> remoteTag)
    {
        _length = 0;
        Add(client);
        Add(remoteTag);
        return Written;
    }

    /// <summary>RFC 3261 §8.2.2.2: From tag, Call-ID and CSeq, which a request that came by two ways has in common.</summary>
    public ReadOnlySpan<byte> Merge(SipMessage request)
    {
        Restart((byte)'M', request.MethodToken);
        AddCallIdentity(request);
        return Written;
    }

    /// <summary>The last result once more.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    // The kind comes first: keys of all kinds are kept together.
    private void Restart(byte kind, ReadOnlySpan<byte> method)
    {
        _buffer[0] = kind;
        _length = 1;
        Add(method);
    }

    // RFC 3261 §17.2.3, peers of RFC 2543: Request-URI, From tag, Call-ID, CSeq and the top Via. The To tag is left out: the ACK's is ours, and
    // nothing else tells two requests apart that agree in all the rest.
    private void AddOldIdentity(SipMessage request, ViaHeader via)
    {
        Add(request.RequestUri);
        Add(via.Branch);
        AddCallIdentity(request);
    }

    private void AddCallIdentity(SipMessage request)
    {
        Add(request.CallId);
        if (request.TryGetFrom(out var from))
            Add(from.Tag);
        if (request.TryGetCSeq(out var cseq, out _))
            AddNumber(cseq.Number);
    }

    // By address, not by flow object: a connection that another node holds is wrapped anew for each message. Without the port: a NAT may change it
    // between a request and its retransmission, and an ACK or CANCEL may come by another connection of its sender's (RFC 3261 §18.2.2).
    private void AddSource(SipFlow flow)
    {
        Span<byte> source = stackalloc byte[18];
        flow.Remote.Address.TryWriteBytes(source[2..], out var length);

        // Protocol and length come first: the bytes after them are of any value, so nothing else would keep two forms apart.
        source[0] = (byte)flow.Protocol;
        source[1] = (byte)length;
        Add(source[..(length + 2)]);
    }

    private void AddNumber(uint number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BitConverter.TryWriteBytes(bytes, number);
        Add(bytes);
    }

    private void AddLowered(ReadOnlySpan<byte> host)
    {
        var start = _length;
        Add(host);
        Ascii.ToLowerInPlace(_buffer.AsSpan(start, host.Length), out _);
    }

    private void Add(scoped ReadOnlySpan<byte> part)
    {
        var needed = _length + part.Length + 1;
        if (needed > _buffer.Length)
            Array.Resize(ref _buffer, needed * 2);

        part.CopyTo(_buffer.AsSpan(_length));
        _length += part.Length;
        // No part but the fixed-size ones holds a NUL, so the parts cannot be shifted into one another.
        _buffer[_length++] = 0;
    }
}
