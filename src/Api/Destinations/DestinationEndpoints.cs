using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Destinations;

/// <summary><c>…/destinations</c>: where numbers can be routed to.</summary>
internal static class DestinationEndpoints
{
    public static void MapDestinations(this IEndpointRouteBuilder tenant)
    {
        var destinations = tenant.MapGroup("/destinations").WithTags("Destinations");
        destinations.MapGet("", List).RequireAuthorization(Policies.Viewer).WithName("ListDestinations")
            .WithSummary("List destinations by name");
        destinations.MapPost("", Create).RequireAuthorization(Policies.TenantAdmin).WithName("CreateDestination")
            .WithSummary("Add a destination");
        destinations.MapGet("/{name}", Get).RequireAuthorization(Policies.Viewer).WithName("GetDestination")
            .WithSummary("Read a destination");
        destinations.MapPut("/{name}", Save).RequireAuthorization(Policies.TenantAdmin).WithName("SaveDestination")
            .WithSummary("Add or replace a destination");
        destinations.MapDelete("/{name}", Delete).RequireAuthorization(Policies.TenantAdmin).WithName("DeleteDestination")
            .WithSummary("Remove a destination that no route uses");
    }

    private static async Task<Results<Ok<PageDto<DestinationDto>>, ProblemHttpResult>> List(
        TenantId tenant,
        [AsParameters] PageQuery page,
        [Description("Only names that start with this.")] string? prefix,
        IGrainFactory grains)
    {
        if (page.FindProblem(prefix) is { } invalid)
            return invalid.ToHttp();

        var all = await grains.DialPlan(tenant).ListDestinations();
        return TypedResults.Ok(PageDto<DestinationDto>.From(page.Slice(all, prefix, d => d.Value.Name), DestinationDto.From));
    }

    private static async Task<Results<Created<DestinationDto>, ProblemHttpResult>> Create(
        TenantId tenant, DestinationInput body, IGrainFactory grains, HttpResponse response)
    {
        var result = await grains.DialPlan(tenant)
            .SaveDestination(body.ToDestination(), body.Password, WriteCondition.Create);
        return result.ToCreated(response, _ => $"/api/v1/tenants/{tenant}/destinations/{PathText.Encode(body.Name)}", DestinationDto.From);
    }

    private static async Task<Results<Ok<DestinationDto>, ProblemHttpResult>> Get(
        TenantId tenant, string name, IGrainFactory grains, HttpResponse response)
    {
        var wanted = PathText.Decode(name);
        var all = await grains.DialPlan(tenant).ListDestinations();
        Result<Versioned<Destination>> result = all.FirstOrDefault(destination => destination.Value.Name == wanted) is { } found
            ? found
            : Problem.NotFound("There is no such destination.");
        return result.ToOk(response, DestinationDto.From);
    }

    private static async Task<Results<Ok<DestinationDto>, ProblemHttpResult>> Save(
        TenantId tenant,
        string name,
        DestinationInput body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        IGrainFactory grains,
        HttpResponse response)
    {
        if (body.Name != PathText.Decode(name))
            return Problem.Invalid(nameof(body.Name), "The name is not the one of the path; it can't be changed.").ToHttp();
        if (ETags.TryRead(ifMatch, out var condition) is { } mismatch)
            return mismatch.ToHttp();

        var result = await grains.DialPlan(tenant).SaveDestination(body.ToDestination(), body.Password, condition);
        return result.ToOk(response, DestinationDto.From);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        TenantId tenant, string name, [FromHeader(Name = "If-Match")] string? ifMatch, IGrainFactory grains)
    {
        if (ETags.TryRead(ifMatch, out var condition) is { } mismatch)
            return mismatch.ToHttp();

        return (await grains.DialPlan(tenant).DeleteDestination(PathText.Decode(name), condition)).ToNoContent();
    }
}
