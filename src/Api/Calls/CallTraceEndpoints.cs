using System.ComponentModel;
using System.Globalization;
using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Calls;

/// <summary><c>…/calls/{id}/trace</c>: the SIP messages of a call, while its node remembers them.</summary>
internal static class CallTraceEndpoints
{
    private const int MaxCallIdLength = 256;

    public static void MapCallTraces(this IEndpointRouteBuilder tenant)
    {
        var calls = tenant.MapGroup("/calls").WithTags("Calls").RequireAuthorization(Policies.TenantAdmin);
        calls.MapGet("/{id:guid}/trace", Get).WithName("GetCallTrace")
            .WithSummary("Read the SIP messages of a call in progress or that ended lately, all legs, without credentials");
        calls.MapGet("/{id:guid}/trace.txt", Download).WithName("DownloadCallTrace").WithSummary("The same as text")
            .Produces<string>(contentType: MediaTypeNames.Text.Plain);
        calls.MapGet("/trace", FindByCallId).WithName("FindTrace")
            .WithSummary("Read the SIP messages with a Call-ID that name a domain of the tenant, such as a request that was refused");
    }

    private static async Task<Results<Ok<CallTraceDto>, ProblemHttpResult>> Get(
        TenantId tenant, Guid id, CallTraceFinder traces, CancellationToken cancel)
    {
        var found = await traces.Find(tenant, id, cancel);
        return found.IsSuccess ? TypedResults.Ok(CallTraceDto.From(found.Value)) : found.Problem.ToHttp();
    }

    private static async Task<IResult> Download(TenantId tenant, Guid id, CallTraceFinder traces, CancellationToken cancel)
    {
        var found = await traces.Find(tenant, id, cancel);
        return found.IsSuccess
            ? TypedResults.File(Encoding.UTF8.GetBytes(Write(found.Value)), "text/plain; charset=utf-8", $"{id:N}.txt")
            : found.Problem.ToHttp();
    }

    private static async Task<Results<Ok<CallTraceDto>, ProblemHttpResult>> FindByCallId(
        TenantId tenant,
        [Description("The Call-ID, as the phone sent it.")] string? callId,
        CallTraceFinder traces,
        CancellationToken cancel) =>
        callId is { Length: > 0 and <= MaxCallIdLength }
            ? TypedResults.Ok(CallTraceDto.From(await traces.Find(tenant, callId, cancel)))
            : Problem.Invalid(nameof(callId), $"A Call-ID has 1 to {MaxCallIdLength} characters.").ToHttp();

    private static string Write(CallTrace trace)
    {
        var text = new StringBuilder();
        foreach (var message in trace.Messages)
        {
            text.Append(CultureInfo.InvariantCulture, $"---- {message.At:O} {message.Transport} {message.From} -> {message.To}");
            text.Append(CultureInfo.InvariantCulture, $" {message.Leg}{(message.IsRetransmission ? " (retransmission)" : "")}\r\n{message.Text}\r\n");
        }

        return text.ToString();
    }
}
