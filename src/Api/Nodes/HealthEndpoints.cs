using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace TekSipCloud.Api.Nodes;

/// <summary><c>/health</c>: for load balancers and orchestrators, so without sign-in.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("Health").AllowAnonymous();
        health.MapGet("/live", () => TypedResults.Ok(new LivenessDto("live"))).WithName("GetLiveness")
            .WithSummary("This process runs");
        health.MapGet("/ready", GetReadiness).WithName("GetReadiness")
            .WithSummary("This process can be given traffic")
            .Produces<ReadinessDto>().Produces<ReadinessDto>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<JsonHttpResult<ReadinessDto>> GetReadiness(Readiness readiness, CancellationToken cancel)
    {
        var answer = await readiness.Ask(cancel);
        return TypedResults.Json(answer, statusCode: answer.Status == ReadinessDto.Ready
            ? StatusCodes.Status200OK
            : StatusCodes.Status503ServiceUnavailable);
    }
}
