using TekSipCloud.Contracts.Security;

namespace TekSipCloud.Api.Security;

/// <summary>A blocked address.</summary>
/// <param name="Address">IPv4 or IPv6.</param>
/// <param name="UserAgent">What it called itself; empty for nothing.</param>
/// <param name="Entered">When it was blocked.</param>
internal sealed record QuarantineEntryDto(string Address, string UserAgent, DateTimeOffset Entered)
{
    public static QuarantineEntryDto From(QuarantineEntry entry) => new(entry.Address, entry.UserAgent, entry.Entered);
}
