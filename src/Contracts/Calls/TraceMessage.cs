using TekSipCloud.Contracts.Destinations;

namespace TekSipCloud.Contracts.Calls;

/// <summary>A SIP message of a trace, without credentials and keys.</summary>
/// <param name="At">When it came or was sent.</param>
/// <param name="IsSent">Whether this side sent it.</param>
/// <param name="Transport">What carried it.</param>
/// <param name="From">Address and port it came from.</param>
/// <param name="To">Address and port it went to.</param>
/// <param name="Leg">Whose side of the call it belongs to, for a person; empty when that is not known.</param>
/// <param name="IsRetransmission">Whether the same message went the same way before.</param>
/// <param name="Text">The message; what nobody may see is replaced by <c>[redacted]</c>, a body that is no SDP by its length.</param>
[GenerateSerializer, Alias("trace-message")]
public sealed record TraceMessage(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] bool IsSent,
    [property: Id(2)] Transport Transport,
    [property: Id(3)] string From,
    [property: Id(4)] string To,
    [property: Id(5)] string Leg,
    [property: Id(6)] bool IsRetransmission,
    [property: Id(7)] string Text)
{
    /// <summary>When and between whom; nothing of the content.</summary>
    public override string ToString() => $"{At:O} {Transport} {From} → {To}";
}
