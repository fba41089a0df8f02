namespace TekSipCloud.Api.Nodes;

/// <summary>Memory of this process after a compacting collection.</summary>
/// <param name="HeapBytes">Bytes of live objects on the managed heap.</param>
/// <param name="CommittedBytes">Bytes that the managed heap holds of the system's memory.</param>
internal sealed record MemoryDto(long HeapBytes, long CommittedBytes);
