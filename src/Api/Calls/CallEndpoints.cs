using System.ComponentModel;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Calls;

/// <summary><c>…/calls</c>: the calls in progress.</summary>
internal static class CallEndpoints
{
    public static void MapCalls(this IEndpointRouteBuilder tenant)
    {
        var calls = tenant.MapGroup("/calls").WithTags("Calls");
        calls.MapGet("", List).RequireAuthorization(Policies.Viewer).WithName("ListCalls")
            .WithSummary("List the calls in progress, oldest first");
        calls.MapGet("/{id:guid}", Get).RequireAuthorization(Policies.Viewer).WithName("GetCall")
            .WithSummary("Read a call in progress");
        calls.MapGet("/{id:guid}/progress", GetProgress).RequireAuthorization(Policies.Viewer).WithName("GetCallProgress")
            .WithSummary("Read how a call in progress goes: media figures and the decisions so far");
        calls.MapDelete("/{id:guid}", HangUp).RequireAuthorization(Policies.TenantAdmin).WithName("HangUpCall")
            .WithSummary("Hang up a call");
    }

    private static async Task<Results<Ok<PageDto<CallDto>>, ProblemHttpResult>> List(
        TenantId tenant,
        [AsParameters] PageQuery page,
        [Description("Only calls whose caller's number starts with this.")] string? prefix,
        IOpenCalls calls,
        CancellationToken cancel)
    {
        if (page.FindProblem(prefix) is { } invalid)
            return invalid.ToHttp();

        var all = await calls.List(tenant, cancel);
        return TypedResults.Ok(PageDto<CallDto>.From(page.Slice(all, prefix, call => call.Caller.Number), CallDto.From));
    }

    private static async Task<Results<Ok<CallDto>, ProblemHttpResult>> Get(TenantId tenant, Guid id, IGrainFactory grains)
    {
        var result = await grains.Call(tenant, id).Get();
        return result.IsSuccess ? TypedResults.Ok(CallDto.From(result.Value)) : result.Problem.ToHttp();
    }

    private static async Task<Results<Ok<CallProgressDto>, ProblemHttpResult>> GetProgress(TenantId tenant, Guid id, IGrainFactory grains)
    {
        var result = await grains.Call(tenant, id).GetProgress();
        return result.IsSuccess ? TypedResults.Ok(CallProgressDto.From(result.Value)) : result.Problem.ToHttp();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> HangUp(
        TenantId tenant, Guid id, ClaimsPrincipal user, IGrainFactory grains)
    {
        return (await grains.Call(tenant, id).HangUp($"Hung up by {user.ToCaller().Username}.")).ToNoContent();
    }
}
