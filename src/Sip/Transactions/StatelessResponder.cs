using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using TekSipCloud.Sip.Digest;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>
/// Answers requests without remembering them (RFC 3261 §8.2.7): refusals before authentication, challenges, malformed requests. Not thread-safe:
/// one per loop or per receiving thread.
/// </summary>
/// <remarks>Whoever forges a source address must not gain by us: by UDP an answer is at most three times as long as its request, as RFC 9000 §8
/// has it for QUIC, and it is sent once per request.</remarks>
/// <param name="gate">Bounds the answers per source; null for no bound.</param>
public sealed class StatelessResponder(ISourceGate? gate = null)
{
    /// <summary>Bytes of an answer per byte of an unauthenticated request, at most.</summary>
    public const int MaxAmplification = 3;

    private readonly SipWriter _writer = new();
    private byte[] _refusal = new byte[2_048];
    private readonly SipHash _tags = new(RandomNumberGenerator.GetBytes(SipHash.KeyBytes));

    /// <summary>
    /// Sends a response without body. False when there is nothing to answer to (an ACK, a response, headers missing), the answer would be too long
    /// for the request, the source has spent its answers, or the flow is closed.
    /// </summary>
    /// <param name="flow">The flow that the request came on.</param>
    /// <param name="request">The request; may be one that failed to parse.</param>
    /// <param name="status">200–699: a stateless element sends no provisional responses.</param>
    /// <param name="addHeaders">Adds headers that the answer needs, such as a challenge; static where possible.</param>
    /// <param name="addOptional">Adds headers that the answer can do without where it would be too long.</param>
    /// <param name="reason">The phrase; the registered one when empty.</param>
    public bool Respond(
        SipFlow flow, SipMessage request, int status, Action<SipWriter>? addHeaders = null, Action<SipWriter>? addOptional = null,
        ReadOnlySpan<byte> reason = default)
    {
        if (!request.CanBeAnswered || gate?.MayAnswer(flow) == false)
            return false;

        Span<byte> tag = stackalloc byte[16];
        WriteTag(request, tag);
        Write(flow, request, status, tag, addHeaders, addOptional, reason);
        var length = request.Bytes.Length;
        if (IsTooLong(flow, length, _writer.Written.Length) && addOptional is not null)
            Write(flow, request, status, tag, addHeaders, addOptional: null, reason);
        return !IsTooLong(flow, length, _writer.Written.Length) && ReplyPath.Of(flow, request).Send(_writer.Written);
    }

    /// <summary>
    /// Refuses a request that was not read, to where it came from: its Via has <c>rport</c>, or its sent-by has that port. False for the same reasons.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool Refuse(SipFlow flow, in UnreadRequest request, UnreadRefusal refusal)
    {
        if (gate?.MayAnswer(flow) == false)
            return false;

        Span<byte> tag = stackalloc byte[16];
        WriteTag(request.CallId, request.Via.Branch, tag);
        var answer = refusal.Write(request, flow.ViaSource, tag, ref _refusal);
        return !IsTooLong(flow, request.Length, answer.Length) && flow.SendRefusal(answer);
    }

    /// <summary>
    /// Starts a response without state to a sender that is known, so that nothing bounds it: the caller adds its headers, ends it and gives it to
    /// <see cref="Send"/>.
    /// </summary>
    /// <returns>What <see cref="Identify(SipMessage)"/> says of the request.</returns>
    public ulong Start(SipWriter writer, SipFlow flow, SipMessage request, int status)
    {
        Span<byte> tag = stackalloc byte[16];
        var identity = WriteTag(request, tag);
        SipResponse.Start(writer, request, status, flow.Remote, tag);
        return identity;
    }

    /// <summary>A keyed hash of Call-ID and branch: the same for each retransmission of a request, and for hardly any other one.</summary>
    public ulong Identify(SipMessage request) => Identify(request.CallId, request.TryGetTopVia(out var via) ? via.Branch : []);

    /// <summary>Sends a response where those to this request go (RFC 3261 §18.2.2); false when the flow does not take it.</summary>
    public static bool Send(SipFlow flow, SipMessage request, ReadOnlySpan<byte> response) => ReplyPath.Of(flow, request).Send(response);

    internal byte[] Write(SipFlow flow, SipMessage request, int status, ReadOnlySpan<byte> toTag)
    {
        SipResponse.Start(_writer, request, status, flow.Remote, toTag);
        _writer.End();
        return _writer.Written.ToArray();
    }

    // A connection's peer has shown that it is where it says.
    private static bool IsTooLong(SipFlow flow, int requestLength, int answerLength) =>
        !flow.IsReliable && answerLength > MaxAmplification * requestLength;

    private void Write(
        SipFlow flow, SipMessage request, int status, ReadOnlySpan<byte> tag, Action<SipWriter>? addHeaders, Action<SipWriter>? addOptional,
        ReadOnlySpan<byte> reason)
    {
        SipResponse.Start(_writer, request, status, flow.Remote, tag, reason);
        addHeaders?.Invoke(_writer);
        addOptional?.Invoke(_writer);
        _writer.End();
    }

    private ulong WriteTag(SipMessage request, Span<byte> tag) =>
        WriteTag(request.CallId, request.TryGetTopVia(out var via) ? via.Branch : [], tag);

    /// <summary>
    /// RFC 3261 §8.2.7: the To tag must be the same for every retransmission of a request, so it is a keyed hash of what tells requests apart: their
    /// Call-ID and branch. §19.3 wants 32 bits that nobody can guess.
    /// </summary>
    private ulong WriteTag(ReadOnlySpan<byte> callId, ReadOnlySpan<byte> branch, Span<byte> tag)
    {
        var hash = Identify(callId, branch);
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, hash);
        _ = Convert.TryToHexStringLower(bytes, tag, out _);
        return hash;
    }

    private ulong Identify(ReadOnlySpan<byte> callId, ReadOnlySpan<byte> branch) => _tags.Hash(branch, _tags.Hash(callId));
}
