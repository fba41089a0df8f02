using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.DialPlan;

/// <summary><c>…/ip-filters</c>: which networks may talk to the tenant.</summary>
internal static class IpFilterEndpoints
{
    public static void MapIpFilters(this IEndpointRouteBuilder tenant)
    {
        var filters = tenant.MapGroup("/ip-filters").WithTags("IP filters");
        filters.MapGet("", List).RequireAuthorization(Policies.Viewer).WithName("ListIpFilters")
            .WithSummary("List IP filters in order");
        filters.MapPost("", Save).RequireAuthorization(Policies.TenantAdmin).WithName("SaveIpFilter")
            .WithSummary("Add an IP filter or replace the one with the same address");
        // The address of a network has a slash in it.
        filters.MapDelete("/{**address}", Delete).RequireAuthorization(Policies.TenantAdmin).WithName("DeleteIpFilter")
            .WithSummary("Remove the IP filter with this address");
    }

    private static async Task<Results<Ok<PageDto<IpFilterDto>>, ProblemHttpResult>> List(
        TenantId tenant,
        [AsParameters] PageQuery page,
        [Description("Only addresses that start with this.")] string? prefix,
        IGrainFactory grains)
    {
        if (page.FindProblem(prefix) is { } invalid)
            return invalid.ToHttp();

        var all = await grains.DialPlan(tenant).ListIpFilters();
        return TypedResults.Ok(PageDto<IpFilterDto>.From(page.Slice(all, prefix, filter => filter.Address), IpFilterDto.From));
    }

    private static async Task<Results<Created<IpFilterDto>, ProblemHttpResult>> Save(
        TenantId tenant, IpFilterDto body, IGrainFactory grains)
    {
        var result = await grains.DialPlan(tenant).SaveIpFilter(body.ToFilter());
        return result.Problem is { } problem
            ? problem.ToHttp()
            : TypedResults.Created($"/api/v1/tenants/{tenant}/ip-filters/{PathText.Encode(body.Address)}", body);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        TenantId tenant, string address, IGrainFactory grains)
    {
        return (await grains.DialPlan(tenant).DeleteIpFilter(PathText.Decode(address))).ToNoContent();
    }
}
