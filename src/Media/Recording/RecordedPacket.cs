namespace TekSipCloud.Media.Recording;

/// <summary>A packet of G.711 as a recording gets it.</summary>
/// <remarks>Borrows the ring: valid until the next one is taken.</remarks>
internal readonly ref struct RecordedPacket
{
    /// <summary>Whose it is, from 0.</summary>
    public required int Channel { get; init; }

    /// <summary>0 for PCMU, 8 for PCMA.</summary>
    public required byte PayloadType { get; init; }

    public required ushort SequenceNumber { get; init; }

    public required uint Timestamp { get; init; }

    public required uint Ssrc { get; init; }

    /// <summary>When it came, by the relay's clock.</summary>
    public required long Arrival { get; init; }

    public required ReadOnlySpan<byte> Payload { get; init; }
}
