namespace TekSipCloud.Sip.Tracing;

/// <summary>Whether an entry is wanted.</summary>
internal delegate bool TraceFilter(in TraceEntry entry, ReadOnlySpan<byte> content);
