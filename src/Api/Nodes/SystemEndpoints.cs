using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Accounts;

namespace TekSipCloud.Api.Nodes;

/// <summary><c>/api/v1/system</c>: which process answers, and how to reach it by SIP.</summary>
internal static class SystemEndpoints
{
    public static void MapSystem(this IEndpointRouteBuilder api) =>
        api.MapGet("/system", Get).RequireAuthorization(Policies.Viewer).WithTags("System").WithName("GetSystem")
            .WithSummary("Describe this process and its cluster");

    private static async Task<Ok<SystemDto>> Get(ClaimsPrincipal user, SystemFacts facts, CancellationToken cancel) =>
        TypedResults.Ok(await facts.Gather(user.ToCaller(), cancel));
}
