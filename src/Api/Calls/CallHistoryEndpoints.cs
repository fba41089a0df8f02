using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Recordings;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Calls;

/// <summary><c>…/calls/history</c> and <c>…/calls/chart</c>: the calls that are over.</summary>
internal static class CallHistoryEndpoints
{
    public static void MapCallHistory(this IEndpointRouteBuilder tenant)
    {
        var calls = tenant.MapGroup("/calls").WithTags("Calls").RequireAuthorization(Policies.Viewer);
        calls.MapGet("/history", List).WithName("ListCallHistory").WithSummary("List finished calls, latest first");
        calls.MapGet("/history/{id:guid}", Get).WithName("GetCallRecord")
            .WithSummary("Read a finished call with its decisions and media figures");
        calls.MapGet("/chart", Draw).WithName("GetCallChart").WithSummary("Count finished calls per hour");
    }

    private static async Task<Results<Ok<PageDto<CallRecordDto>>, ProblemHttpResult>> List(
        TenantId tenant,
        [AsParameters] CallHistoryQuery query,
        [AsParameters] PageQuery page,
        ICallHistory history,
        CancellationToken cancel)
    {
        if (page.FindProblem() is { } invalid)
            return invalid.ToHttp();

        var found = await history.List(tenant, query.ToQuery(), page.ToRequest(), cancel);
        return TypedResults.Ok(PageDto<CallRecordDto>.From(found, CallRecordDto.From));
    }

    private static async Task<Results<Ok<CallDetailsDto>, ProblemHttpResult>> Get(
        TenantId tenant, Guid id, ICallHistory history, IRecordings recordings, CancellationToken cancel) =>
        await history.Find(tenant, id, cancel) is { } record
            ? TypedResults.Ok(CallDetailsDto.From(record, await recordings.Find(tenant, id, cancel)))
            : Problem.NotFound("There is no such call.").ToHttp();

    private static async Task<Results<Ok<CallChartDto>, ProblemHttpResult>> Draw(
        TenantId tenant,
        [Description("How many hours back, 1 to 168; 24 when absent.")] int? hours,
        CallChart chart,
        CancellationToken cancel) =>
        (hours ?? 24) is var wanted and >= 1 and <= CallChart.MaxHours
            ? TypedResults.Ok(await chart.Draw(tenant, wanted, cancel))
            : Problem.Invalid("hours", $"The hours are between 1 and {CallChart.MaxHours}.").ToHttp();
}
