using System.Security.Cryptography;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>
/// Answers requests without remembering them (RFC 3261 §8.2.7): refusals before authentication, challenges, malformed requests. Not thread-safe:
/// one per loop or per receiving thread.
/// </summary>
public sealed class StatelessResponder
{
    private readonly SipWriter _writer = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(16);

    /// <summary>
    /// Sends a response without body. False when there is nothing to answer to (an ACK, a response, headers missing) or the flow is closed.
    /// </summary>
    /// <param name="flow">The flow that the request came on.</param>
    /// <param name="request">The request; may be one that failed to parse.</param>
    /// <param name="status">200–699: a stateless element sends no provisional responses.</param>
    /// <param name="addHeaders">Adds headers, such as a challenge; static where possible.</param>
    public bool Respond(SipFlow flow, SipMessage request, int status, Action<SipWriter>? addHeaders = null)
    {
        if (!request.CanBeAnswered)
            return false;

        Span<byte> tag = stackalloc byte[16];
        WriteTag(request, tag);
        SipResponse.Start(_writer, request, status, flow.Remote, tag);
        addHeaders?.Invoke(_writer);
        _writer.End();
        return ReplyPath.Of(flow, request).Send(_writer.Written);
    }

    internal byte[] Write(SipFlow flow, SipMessage request, int status, ReadOnlySpan<byte> toTag)
    {
        SipResponse.Start(_writer, request, status, flow.Remote, toTag);
        _writer.End();
        return _writer.Written.ToArray();
    }

    /// <summary>RFC 3261 §8.2.7: the To tag must be the same for every retransmission of a request, so it is a keyed hash of it.</summary>
    private void WriteTag(SipMessage request, Span<byte> tag)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(request.CallId);
        if (request.TryGet(SipHeaderName.From, out var from))
            hash.AppendData(from);
        if (request.TryGet(SipHeaderName.CSeq, out var cseq))
            hash.AppendData(cseq);
        if (request.TryGetTopVia(out var via))
            hash.AppendData(via.Branch);

        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        Convert.TryToHexStringLower(digest[..8], tag, out _);
    }
}
