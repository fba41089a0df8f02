using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Events;

/// <summary><c>…/events</c>: what happened, for a person.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder tenant)
    {
        var events = tenant.MapGroup("/events").WithTags("Events");
        events.MapGet("", List).RequireAuthorization(Policies.Viewer).WithName("ListEvents")
            .WithSummary("List events, latest first");
        events.MapDelete("", Clear).RequireAuthorization(Policies.TenantAdmin).WithName("ClearEvents")
            .WithSummary("Remove all events up to now");
    }

    private static async Task<Results<Ok<PageDto<EventDto>>, ProblemHttpResult>> List(
        TenantId tenant, [AsParameters] PageQuery page, IEventLog events, CancellationToken cancel)
    {
        if (page.FindProblem() is { } invalid)
            return invalid.ToHttp();

        return TypedResults.Ok(PageDto<EventDto>.From(await events.List(tenant, page.ToRequest(), cancel), EventDto.From));
    }

    private static async Task<NoContent> Clear(TenantId tenant, IEventLog events, CancellationToken cancel)
    {
        await events.Clear(tenant, cancel);
        return TypedResults.NoContent();
    }
}
