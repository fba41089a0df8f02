using System.Globalization;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Calls;

namespace TekSipCloud.Storage.Recordings;

/// <summary>
/// The keys of the Recordings table, made of the call's id as those of calls are: a partition per tenant, and one per tenant that is ordered by number,
/// in both of which the latest call comes first.
/// </summary>
internal static class RecordingKeys
{
    public static string NumbersPartition(TenantId tenant) => CallKeys.NumbersPartition(tenant);

    /// <summary>The blob's name: of ids and digits alone, so that nothing a party says can name another.</summary>
    public static string Blob(TenantId tenant, Guid call, long startMilliseconds) => string.Create(
        CultureInfo.InvariantCulture, $"{BlobPrefix(tenant)}{DateTimeOffset.FromUnixTimeMilliseconds(startMilliseconds):yyyy-MM-dd}/{call:N}.wav");

    /// <summary>What the names of a tenant's blobs begin with.</summary>
    public static string BlobPrefix(TenantId tenant) => $"{tenant}/";
}
