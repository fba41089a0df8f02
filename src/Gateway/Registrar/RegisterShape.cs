using System.Security.Cryptography;
using TekSipCloud.Sip.Digest;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>
/// What one REGISTER of a phone has in common with the next, as a number: its way here, its Request-URI and every header but those that change
/// from request to request. Two with the same shape ask for the same thing. For one loop.
/// </summary>
internal sealed class RegisterShape
{
    private static readonly SipHash Hash = new(RandomNumberGenerator.GetBytes(SipHash.KeyBytes));

    private byte[] _buffer = new byte[1_024];
    private int _length;

    /// <summary>The shape; null for one that is never repeated, having a body.</summary>
    public ulong? Of(SipFlow flow, SipMessage request)
    {
        if (!request.Body.IsEmpty)
            return null;

        _length = 0;
        AddFlow(flow);
        Add(request.RequestUri);
        foreach (var line in request.Lines)
            AddLine(line, request);
        return Hash.Hash(_buffer.AsSpan(0, _length));
    }

    private void AddFlow(SipFlow flow)
    {
        Span<byte> remote = stackalloc byte[16];
        _ = flow.Remote.Address.TryWriteBytes(remote, out var length);
        Add(remote[..length]);
        AddNumber(((long)flow.Remote.Port << 8) | (byte)flow.Protocol);
        AddNumber(flow.IsReliable ? flow.Id : 0);
        Add(flow.SentBy);
    }

    private void AddLine(SipHeaderLine line, SipMessage request)
    {
        switch (line.Name)
        {
            case SipHeaderName.CallId or SipHeaderName.CSeq or SipHeaderName.Authorization or SipHeaderName.ProxyAuthorization
                or SipHeaderName.MaxForwards or SipHeaderName.ContentLength or SipHeaderName.Date or SipHeaderName.Timestamp:
                return;
            case SipHeaderName.Via:
                // Its branch is new each time, how many there are is not.
                break;
            case SipHeaderName.From:
                // Its tag is new each time, too.
                if (request.TryGetFrom(out var from))
                    Add(from.Uri);
                break;
            default:
                Add(line.NameBytes);
                Add(line.Value);
                return;
        }

        AddNumber((long)line.Name);
    }

    private void AddNumber(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BitConverter.TryWriteBytes(bytes, number);
        Add(bytes);
    }

    private void Add(scoped ReadOnlySpan<byte> piece)
    {
        var needed = _length + piece.Length + sizeof(int);
        if (needed > _buffer.Length)
            Array.Resize(ref _buffer, needed * 2);

        // With its length before it no piece can pass for two.
        BitConverter.TryWriteBytes(_buffer.AsSpan(_length), piece.Length);
        piece.CopyTo(_buffer.AsSpan(_length + sizeof(int)));
        _length = needed;
    }
}
