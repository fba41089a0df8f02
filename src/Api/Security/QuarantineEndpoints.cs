using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Security;

/// <summary><c>…/quarantine</c>: the addresses that are blocked.</summary>
internal static class QuarantineEndpoints
{
    public static void MapQuarantine(this IEndpointRouteBuilder tenant)
    {
        var quarantine = tenant.MapGroup("/quarantine").WithTags("Quarantine");
        quarantine.MapGet("", List).RequireAuthorization(Policies.Viewer).WithName("ListQuarantine")
            .WithSummary("List blocked addresses, latest first");
        quarantine.MapDelete("", Clear).RequireAuthorization(Policies.TenantAdmin).WithName("ClearQuarantine")
            .WithSummary("Let every blocked address in again");
        quarantine.MapDelete("/{address}", Remove).RequireAuthorization(Policies.TenantAdmin).WithName("RemoveFromQuarantine")
            .WithSummary("Let a blocked address in again");
    }

    private static async Task<Results<Ok<PageDto<QuarantineEntryDto>>, ProblemHttpResult>> List(
        TenantId tenant,
        [AsParameters] PageQuery page,
        [Description("Only addresses that start with this.")] string? prefix,
        IGrainFactory grains)
    {
        if (page.FindProblem(prefix) is { } invalid)
            return invalid.ToHttp();

        var all = await grains.Quarantine(tenant).List();
        return TypedResults.Ok(PageDto<QuarantineEntryDto>.From(page.Slice(all, prefix, e => e.Address), QuarantineEntryDto.From));
    }

    private static async Task<NoContent> Clear(TenantId tenant, IGrainFactory grains)
    {
        await grains.Quarantine(tenant).Clear();
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(
        TenantId tenant, string address, IGrainFactory grains)
    {
        return (await grains.Quarantine(tenant).Remove(PathText.Decode(address))).ToNoContent();
    }
}
