using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Counters;

/// <summary><c>…/counters</c>: what the tenant's phones did so far.</summary>
internal static class CounterEndpoints
{
    public static void MapCounters(this IEndpointRouteBuilder tenant)
    {
        var counters = tenant.MapGroup("/counters").WithTags("Counters");
        counters.MapGet("", Read).RequireAuthorization(Policies.Viewer).WithName("ReadCounters")
            .WithSummary("Read all counters");
        counters.MapDelete("", Clear).RequireAuthorization(Policies.TenantAdmin).WithName("ClearCounters")
            .WithSummary("Start the counts anew; levels stay");
    }

    private static async Task<Ok<CountersDto>> Read(TenantId tenant, IGrainFactory grains) =>
        TypedResults.Ok(new CountersDto([.. ToDtos(await grains.Counters(tenant).Read())]));

    private static async Task<NoContent> Clear(TenantId tenant, IGrainFactory grains)
    {
        await grains.Counters(tenant).Clear();
        return TypedResults.NoContent();
    }

    private static IEnumerable<CounterDto> ToDtos(ImmutableArray<long> values) =>
        Enum.GetValues<Counter>().Select(counter => new CounterDto(
            JsonNamingPolicy.CamelCase.ConvertName(counter.ToString()),
            CounterNames.All[(int)counter],
            (int)counter < values.Length ? values[(int)counter] : 0,
            CounterNames.IsLevel(counter)));
}
