using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Destinations;

namespace TekSipCloud.Api.Calls;

/// <summary>A SIP message, without credentials and keys.</summary>
/// <param name="At">When it came or was sent.</param>
/// <param name="IsSent">Whether the server sent it.</param>
/// <param name="Transport">What carried it.</param>
/// <param name="From">Address and port it came from.</param>
/// <param name="To">Address and port it went to.</param>
/// <param name="Leg">Whose side of the call it belongs to; empty when that is not known.</param>
/// <param name="IsRetransmission">Whether the same message went the same way before.</param>
/// <param name="Text">The message; what nobody may see is replaced by <c>[redacted]</c>, a body that is no SDP by its length.</param>
internal sealed record TraceMessageDto(
    DateTimeOffset At, bool IsSent, Transport Transport, string From, string To, string Leg, bool IsRetransmission, string Text)
{
    public static TraceMessageDto Of(TraceMessage message) => new(
        message.At, message.IsSent, message.Transport, message.From, message.To, message.Leg, message.IsRetransmission, message.Text);
}
