using System.Net;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tracing;

/// <summary>A message as it was recorded, with its credentials.</summary>
/// <param name="At">When it came or was sent.</param>
/// <param name="Kind">Which of both.</param>
/// <param name="Protocol">What carried it.</param>
/// <param name="Remote">The peer.</param>
/// <param name="Bytes">All of it.</param>
public sealed record TracedMessage(DateTimeOffset At, TraceKind Kind, SipTransportProtocol Protocol, IPEndPoint Remote, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>When, how and with whom; nothing of the content.</summary>
    public override string ToString() => $"{At:O} {Kind} {Protocol} {Remote} {Bytes.Length} bytes";
}
