namespace TekSipCloud.Sip.Messages;

/// <summary>What a request that was just written is known by, and its response as well (RFC 3261 §17.1.3). Borrows the writer's bytes.</summary>
internal readonly ref struct WrittenIdentity
{
    public required ReadOnlySpan<byte> Method { get; init; }

    public required ReadOnlySpan<byte> Branch { get; init; }

    public required ReadOnlySpan<byte> CallId { get; init; }

    public required ReadOnlySpan<byte> FromTag { get; init; }

    public required uint CSeq { get; init; }
}
