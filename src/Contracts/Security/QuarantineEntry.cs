namespace TekSipCloud.Contracts.Security;

/// <summary>A blocked address.</summary>
/// <param name="Address">IPv4 or IPv6, textual.</param>
/// <param name="UserAgent">What it called itself; empty for nothing.</param>
/// <param name="Entered">When it was blocked.</param>
[GenerateSerializer, Alias("quarantine-entry")]
public sealed record QuarantineEntry(
    [property: Id(0)] string Address,
    [property: Id(1)] string UserAgent,
    [property: Id(2)] DateTimeOffset Entered);
