using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Accounts;

namespace TekSipCloud.Api.Metrics;

/// <summary><c>/metrics</c>: for a collector on this machine, or for an operator.</summary>
internal static class MetricsEndpoints
{
    public static void AddMetricsPage(this IServiceCollection services)
    {
        services.AddSingleton<MetricsPage>();
        services.AddHostedService<MetricsStart>();
    }

    public static void MapMetricsPage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", Get).AllowAnonymous().ExcludeFromDescription();

    private static Results<ContentHttpResult, ProblemHttpResult> Get(HttpContext context, MetricsPage page) =>
        IsLocal(context) || context.User.FindCaller()?.Role == Role.Operator
            ? TypedResults.Text(page.Write(), PrometheusText.ContentType)
            : new Problem(ProblemKind.Forbidden, "Metrics are for this machine and for operators.").ToHttp();

    // Behind a proxy on this machine everybody seems to be local, but a proxy says for whom it asks.
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("Forwarded");
}
