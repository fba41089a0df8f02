using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Events;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Nodes;

/// <summary><c>/api/v1/system</c>: which process answers, how to reach it by SIP, and what it holds in memory.</summary>
internal static class SystemEndpoints
{
    public static void MapSystem(this IEndpointRouteBuilder api)
    {
        var system = api.MapGroup("/system").WithTags("System");
        system.MapGet("", Get).RequireAuthorization(Policies.Viewer).WithName("GetSystem").WithSummary("Describe this process and its cluster");
        system.MapGet("/events", ListEvents).RequireAuthorization(Policies.Operator).WithName("ListSystemEvents")
            .WithSummary("List the installation's own events, latest first");
        system.MapPost("/memory/compact", CompactMemory).RequireAuthorization(Policies.Operator).WithName("CompactMemory")
            .WithSummary("Collect garbage at once, give what is free back to the system, and tell what is in use; pauses this process for a moment");
        system.MapPost("/nodes/{node}/drain", Drain).RequireAuthorization(Policies.Operator).WithName("DrainNode")
            .WithSummary("Have a node take no new calls and registrations and wait for its calls to end; repeating it moves the deadline");
        system.MapDelete("/nodes/{node}/drain", TakeBackDrain).RequireAuthorization(Policies.Operator).WithName("TakeBackDrain")
            .WithSummary("Have a node take calls and registrations again");
    }

    private static async Task<Results<Ok<PageDto<EventDto>>, ProblemHttpResult>> ListEvents(
        [AsParameters] PageQuery page, IEventLog events, CancellationToken cancel)
    {
        if (page.FindProblem() is { } invalid)
            return invalid.ToHttp();

        return TypedResults.Ok(PageDto<EventDto>.From(await events.List(TenantId.System, page.ToRequest(), cancel), EventDto.From));
    }

    private static async Task<Ok<SystemDto>> Get(ClaimsPrincipal user, SystemFacts facts, CancellationToken cancel) =>
        TypedResults.Ok(await facts.Gather(user.ToCaller(), cancel));

    private static async Task<Results<NoContent, ProblemHttpResult>> Drain(string node, DrainInput input, IGrainFactory grains)
    {
        if (input.WithinSeconds is < 0 or > DrainInput.MostSeconds)
            return Problem.Invalid("withinSeconds", $"withinSeconds is 0 to {DrainInput.MostSeconds}, or null.").ToHttp();

        var within = input.WithinSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        return (await grains.Gateway(node).Drain(within)).ToNoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> TakeBackDrain(string node, IGrainFactory grains)
    {
        return (await grains.Gateway(node).TakeBackDrain()).ToNoContent();
    }

    private static Ok<MemoryDto> CompactMemory()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var memory = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        return TypedResults.Ok(new MemoryDto(memory.HeapSizeBytes, memory.TotalCommittedBytes));
    }
}
