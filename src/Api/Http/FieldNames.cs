using System.Collections.Frozen;
using System.Text.Json;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Http;

/// <summary>Translates the members of the contracts' records to the names they have in JSON.</summary>
internal static class FieldNames
{
    // Durations are whole seconds in JSON and say so in their names.
    private static readonly FrozenSet<string> Durations = FrozenSet.ToFrozenSet(
    [
        nameof(TenantSettings.MinExpires),
        nameof(TenantSettings.MaxExpires),
        nameof(TenantSettings.DefaultExpires),
        nameof(TenantSettings.RingTimeout),
        nameof(TenantSettings.MaxSessionDuration),
        nameof(Destination.Timeout),
        nameof(Extension.RedirectionTimeout),
    ]);

    public static string ToJson(string member) => string.Join('.', member.Split('.').Select(ToJsonPart));

    private static string ToJsonPart(string part)
    {
        var name = Durations.Contains(part) ? part + "Seconds" : part;
        return JsonNamingPolicy.CamelCase.ConvertName(name);
    }
}
