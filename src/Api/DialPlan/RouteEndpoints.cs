using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Tenants;
using Route = TekSipCloud.Contracts.DialPlan.Route;

namespace TekSipCloud.Api.DialPlan;

/// <summary><c>…/routes</c>: which numbers go to which destination.</summary>
internal static class RouteEndpoints
{
    public static void MapRoutes(this IEndpointRouteBuilder tenant)
    {
        var routes = tenant.MapGroup("/routes").WithTags("Routes");
        routes.MapGet("", List).RequireAuthorization(Policies.Viewer).WithName("ListRoutes")
            .WithSummary("List routes in order");
        routes.MapPost("", Create).RequireAuthorization(Policies.TenantAdmin).WithName("CreateRoute")
            .WithSummary("Add a route");
        routes.MapGet("/{id}", Get).RequireAuthorization(Policies.Viewer).WithName("GetRoute").WithSummary("Read a route");
        routes.MapPut("/{id}", Save).RequireAuthorization(Policies.TenantAdmin).WithName("SaveRoute")
            .WithSummary("Replace a route");
        routes.MapDelete("/{id}", Delete).RequireAuthorization(Policies.TenantAdmin).WithName("DeleteRoute")
            .WithSummary("Remove a route");
    }

    private static async Task<Results<Ok<PageDto<RouteDto>>, ProblemHttpResult>> List(
        TenantId tenant,
        [AsParameters] PageQuery page,
        [Description("Only routes whose prefix starts with this.")] string? prefix,
        IGrainFactory grains)
    {
        if (page.FindProblem(prefix) is { } invalid)
            return invalid.ToHttp();

        var all = await grains.DialPlan(tenant).ListRoutes();
        return TypedResults.Ok(PageDto<RouteDto>.From(page.Slice(all, prefix, route => route.Value.Prefix), RouteDto.From));
    }

    private static async Task<Results<Created<RouteDto>, ProblemHttpResult>> Create(
        TenantId tenant, RouteInput body, IGrainFactory grains, HttpResponse response)
    {
        var result = await grains.DialPlan(tenant).SaveRoute(body.ToRoute(id: ""), WriteCondition.Create);
        return result.ToCreated(response, added => $"/api/v1/tenants/{tenant}/routes/{PathText.Encode(added.Id)}", RouteDto.From);
    }

    private static async Task<Results<Ok<RouteDto>, ProblemHttpResult>> Get(
        TenantId tenant, string id, IGrainFactory grains, HttpResponse response)
    {
        var wanted = PathText.Decode(id);
        var all = await grains.DialPlan(tenant).ListRoutes();
        Result<Versioned<Route>> result = all.FirstOrDefault(route => route.Value.Id == wanted) is { } found
            ? found
            : Problem.NotFound("There is no such route.");
        return result.ToOk(response, RouteDto.From);
    }

    private static async Task<Results<Ok<RouteDto>, ProblemHttpResult>> Save(
        TenantId tenant,
        string id,
        RouteInput body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        IGrainFactory grains,
        HttpResponse response)
    {
        if (ETags.TryRead(ifMatch, out var condition) is { } mismatch)
            return mismatch.ToHttp();

        return (await grains.DialPlan(tenant).SaveRoute(body.ToRoute(PathText.Decode(id)), condition)).ToOk(response, RouteDto.From);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        TenantId tenant, string id, [FromHeader(Name = "If-Match")] string? ifMatch, IGrainFactory grains)
    {
        if (ETags.TryRead(ifMatch, out var condition) is { } mismatch)
            return mismatch.ToHttp();

        return (await grains.DialPlan(tenant).DeleteRoute(PathText.Decode(id), condition)).ToNoContent();
    }
}
