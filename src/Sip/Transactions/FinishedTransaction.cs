using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>What is left of one transaction; its bytes are valid until a record is added or let go.</summary>
internal readonly ref struct FinishedTransaction
{
    public required FinishedKind Kind { get; init; }

    /// <summary>The To tag: ours of an INVITE that came, the peer's of a 2xx that was acknowledged.</summary>
    public ReadOnlySpan<byte> Tag { get; init; }

    /// <summary>What is sent when the peer repeats itself; empty for nothing.</summary>
    public ReadOnlySpan<byte> Message { get; init; }

    /// <summary>Where an ACK goes; an answer goes to where the request came from.</summary>
    public SipFlow? Flow { get; init; }
}
