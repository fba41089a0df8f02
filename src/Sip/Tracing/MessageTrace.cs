using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tracing;

/// <summary>
/// The latest messages of one signalling loop, whole, in memory of fixed size. Recording is a copy and allocates nothing; the loop's thread alone
/// records, anyone reads. A quarter of the memory is kept for what is outside calls (REGISTER, OPTIONS), so that many phones that refresh do not
/// push calls out; the answers to what is refused unread have a little besides, and push out nothing. What is read has its credentials: show it by
/// <see cref="TraceText.Redact"/> only.
/// </summary>
public sealed class MessageTrace
{
    /// <summary>The least memory, in bytes, that holds anything of use.</summary>
    public const int MinBytes = 4 * TraceRing.MinCapacity;

    /// <summary>Small enough for a processor's cache: a refusal must cost next to nothing.</summary>
    private const int RefusalShare = 64;

    private readonly TimeProvider _time;
    private readonly TraceRing _calls;
    private readonly TraceRing _others;
    private readonly TraceRing _refusals;

    /// <summary>Takes the memory at once; the system gives it as it is first used.</summary>
    /// <param name="bytes">Memory, at least <see cref="MinBytes"/>.</param>
    /// <param name="time">Tells when.</param>
    public MessageTrace(int bytes, TimeProvider time)
    {
        _time = time;
        _calls = new TraceRing(bytes / 4 * 3);
        _others = new TraceRing(bytes / 4);
        _refusals = new TraceRing(Math.Max(bytes / RefusalShare, TraceRing.MinCapacity));
    }

    /// <summary>Keeps a message. On the loop.</summary>
    /// <param name="kind">Whether it came or was sent.</param>
    /// <param name="flow">Its way.</param>
    /// <param name="message">All of it; the trace makes its own copy.</param>
    public void Record(TraceKind kind, SipFlow flow, ReadOnlySpan<byte> message)
    {
        // RFC 5626 §3.5.1: line ends that keep a way open are no message.
        if (message.Length > 4)
            Keep(IsOfCall(message) ? _calls : _others, kind, flow, message);
    }

    /// <summary>Keeps a message that came and was read. On the loop.</summary>
    public void Record(SipFlow flow, SipMessage message)
    {
        var ring = message.Method is SipMethod.Register or SipMethod.Options ? _others : _calls;
        Keep(ring, TraceKind.Received, flow, message.Bytes.Span);
    }

    /// <summary>Keeps an answer to a request that was not read. On the loop.</summary>
    internal void RecordRefusal(SipFlow flow, ReadOnlySpan<byte> answer) => Keep(_refusals, TraceKind.Sent, flow, answer);

    /// <summary>Keeps something to be found among the messages of calls. On the loop.</summary>
    public void Note(SipFlow flow, ReadOnlySpan<byte> content) => Keep(_calls, TraceKind.Note, flow, content);

    /// <summary>Every note that contains some bytes, oldest first.</summary>
    public IReadOnlyList<TracedMessage> FindNotes(ReadOnlySpan<byte> bytes)
    {
        var wanted = bytes.ToArray();
        var found = new List<(TraceEntry Entry, byte[] Content)>();
        _calls.Read((in entry, content) => entry.Kind == TraceKind.Note && content.IndexOf(wanted) >= 0, found);
        return [.. found.Select(Show)];
    }

    /// <summary>Every message with a Call-ID, oldest first.</summary>
    public IReadOnlyList<TracedMessage> FindMessages(ReadOnlySpan<byte> callId)
    {
        var wanted = callId.ToArray();
        var found = new List<(TraceEntry Entry, byte[] Content)>();
        foreach (var ring in (TraceRing[])[_calls, _others, _refusals])
            ring.Read((in entry, content) => entry.Kind != TraceKind.Note && content.IndexOf(wanted) >= 0, found);
        return [.. found
            .Where(message => HasCallId(message.Content, wanted))
            .Select(Show)
            .OrderBy(message => message.At)];
    }

    private void Keep(TraceRing ring, TraceKind kind, SipFlow flow, ReadOnlySpan<byte> content)
    {
        ring.Begin(content).Describe(kind, _time.GetUtcNow().Ticks, flow);
        ring.End();
    }

    private static TracedMessage Show((TraceEntry Entry, byte[] Content) found) => new(
        new DateTimeOffset(found.Entry.At, TimeSpan.Zero), found.Entry.Kind, (SipTransportProtocol)found.Entry.Protocol, found.Entry.Remote,
        found.Content);

    // Its Call-ID may stand in another message's Replaces or body.
    private static bool HasCallId(byte[] message, byte[] callId)
    {
        var parsed = new SipMessage();
        return (parsed.TryParse(message, SipLimits.Default, out _) || parsed.CanBeAnswered) && parsed.CallId.SequenceEqual(callId);
    }

    private static bool IsOfCall(ReadOnlySpan<byte> message)
    {
        if (!message.StartsWith("SIP/2.0 "u8))
            return !IsOutsideCalls(message);

        var at = message.IndexOf("\r\nCSeq:"u8);
        if (at < 0)
            return true;

        var line = message[(at + 7)..];
        line = line[..Math.Min(line.Length, 64)].TrimStart(" 0123456789"u8);
        return !IsOutsideCalls(line);
    }

    private static bool IsOutsideCalls(ReadOnlySpan<byte> method) => method.StartsWith("REGISTER"u8) || method.StartsWith("OPTIONS"u8);
}
