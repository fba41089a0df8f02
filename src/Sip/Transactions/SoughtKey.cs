using System.Security.Cryptography;
using System.Text;
using TekSipCloud.Sip.Digest;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>
/// The byte string by which a transaction is found, built in the same memory each time: what a method returns is valid until the next call. Its hash
/// is made when the first asks for it, under a secret of this process.
/// </summary>
internal sealed class SoughtKey
{
    private static readonly SipHash Secret = new(RandomNumberGenerator.GetBytes(SipHash.KeyBytes));

    private byte[] _buffer = new byte[512];
    private int _length;
    private ulong? _hash;

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    public ulong Hash => _hash ??= Secret.HashForTable(Bytes);

    public bool IsEmpty => _length == 0;

    /// <summary>A copy to keep.</summary>
    public TransactionKey ToKey() => new(Bytes.ToArray(), Hash);

    /// <summary>
    /// RFC 3261 §17.2.3: branch, sent-by and method, and the source's address besides, so that nobody else can take part in a transaction by knowing
    /// its branch. An ACK and a CANCEL find their INVITE by <paramref name="method"/>.
    /// </summary>
    public SoughtKey Server(SipFlow flow, SipMessage request, ReadOnlySpan<byte> method)
    {
        if (request.TryGetTopVia(out var via) && via.HasMagicCookie)
            return Server(flow, via.Host, via.Port, via.Branch, method);

        Restart((byte)'S', method);
        if (via.Head.IsEmpty)
            return this;

        AddWay(flow, via.Host, via.Port);
        AddOldIdentity(request, via);
        return this;
    }

    /// <summary>The same of a request that was not read.</summary>
    public SoughtKey Server(SipFlow flow, UnreadVia via, ReadOnlySpan<byte> method) => Server(flow, via.Host, via.Port, via.Branch, method);

    /// <summary>
    /// RFC 3261 §17.1.3: branch and the CSeq's method, of a request of ours or of its response; Call-ID, From tag and CSeq number besides: the
    /// branch alone must not decide, whoever answers has seen the whole request. Empty when the message lacks something.
    /// </summary>
    public SoughtKey Client(SipMessage message)
    {
        var branch = message.TopBranch;
        if (branch.IsEmpty || !message.TryGetCSeq(out var cseq, out _))
        {
            Clear();
            return this;
        }

        Restart((byte)'C', cseq.Method);
        Add(branch);
        Add(message.CallId);
        Add(message.FromTag);
        AddNumber(cseq.Number);
        return this;
    }

    /// <summary>The same of a request of ours that was just written.</summary>
    public SoughtKey Client(in WrittenIdentity request)
    {
        Restart((byte)'C', request.Method);
        Add(request.Branch);
        Add(request.CallId);
        Add(request.FromTag);
        AddNumber(request.CSeq);
        return this;
    }

    /// <summary>The key of one fork's answer: that of its INVITE and the fork's tag.</summary>
    public SoughtKey Fork(ReadOnlySpan<byte> client, ReadOnlySpan<byte> remoteTag)
    {
        Clear();
        Add(client);
        Add(remoteTag);
        return this;
    }

    /// <summary>RFC 3261 §8.2.2.2: From tag, Call-ID and CSeq, which a request that came by two ways has in common.</summary>
    public SoughtKey Merge(SipMessage request)
    {
        Restart((byte)'M', request.MethodToken);
        AddCallIdentity(request);
        return this;
    }

    private void Clear()
    {
        _length = 0;
        _hash = null;
    }

    // The kind comes first: keys of all kinds are kept together.
    private void Restart(byte kind, ReadOnlySpan<byte> method)
    {
        Clear();
        _buffer[_length++] = kind;
        Add(method);
    }

    // RFC 3261 §17.2.3, peers of RFC 2543: Request-URI, From tag, Call-ID, CSeq and the top Via. The To tag is left out: the ACK's is ours, and
    // nothing else tells two requests apart that agree in all the rest.
    private void AddOldIdentity(SipMessage request, in ViaHeader via)
    {
        Add(request.RequestUri);
        Add(via.Branch);
        AddCallIdentity(request);
    }

    private void AddCallIdentity(SipMessage request)
    {
        Add(request.CallId);
        Add(request.FromTag);
        if (request.TryGetCSeq(out var cseq, out _))
            AddNumber(cseq.Number);
    }

    private SoughtKey Server(SipFlow flow, ReadOnlySpan<byte> host, int port, ReadOnlySpan<byte> branch, ReadOnlySpan<byte> method)
    {
        Restart((byte)'S', method);
        AddWay(flow, host, port);
        Add(branch);
        return this;
    }

    private void AddWay(SipFlow flow, ReadOnlySpan<byte> host, int port)
    {
        // By address, not by flow object: a connection that another node holds is wrapped anew for each message. Without the port: a NAT may change
        // it between a request and its retransmission, and an ACK or CANCEL may come by another connection of its sender's (RFC 3261 §18.2.2).
        // Protocol and length come first: the bytes after them are of any value, so nothing else would keep two forms apart.
        Add(flow.Source);
        AddLowered(host);
        AddNumber((uint)port);
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
