namespace TekSipCloud.Sip.Transactions;

/// <summary>What one <see cref="TransactionLayer"/> may hold.</summary>
public sealed record TransactionBounds
{
    /// <summary>
    /// Server transactions that may wait for their answer, or the answer for its ACK; beyond it new requests are answered 503 without remembering
    /// them, and at twice as many those within dialogs, too. Default 100,000.
    /// </summary>
    public int MaxServers { get; init; } = 100_000;

    /// <summary>
    /// Bytes that may be kept of transactions that are over, so that a repeated request gets the same answer (RFC 3261 §17.2); beyond it those that
    /// end next are forgotten. Default 256 MiB: 32 s of about 6,000 calls per second.
    /// </summary>
    public long MaxFinishedBytes { get; init; } = 256L << 20;
}
