using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Accounts;

namespace TekSipCloud.Api.Nodes;

/// <summary><c>/api/v1/system</c>: which process answers, how to reach it by SIP, and what it holds in memory.</summary>
internal static class SystemEndpoints
{
    public static void MapSystem(this IEndpointRouteBuilder api)
    {
        var system = api.MapGroup("/system").WithTags("System");
        system.MapGet("", Get).RequireAuthorization(Policies.Viewer).WithName("GetSystem").WithSummary("Describe this process and its cluster");
        system.MapPost("/memory/compact", CompactMemory).RequireAuthorization(Policies.Operator).WithName("CompactMemory")
            .WithSummary("Collect garbage at once, give what is free back to the system, and tell what is in use; pauses this process for a moment");
    }

    private static async Task<Ok<SystemDto>> Get(ClaimsPrincipal user, SystemFacts facts, CancellationToken cancel) =>
        TypedResults.Ok(await facts.Gather(user.ToCaller(), cancel));

    private static Ok<MemoryDto> CompactMemory()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var memory = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        return TypedResults.Ok(new MemoryDto(memory.HeapSizeBytes, memory.TotalCommittedBytes));
    }
}
