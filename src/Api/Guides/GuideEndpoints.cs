using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Http;
using TekSipCloud.Api.Security;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Guides;

/// <summary><c>/guides/{domain}</c>: what customers of an origination-only domain are given to read, so without sign-in.</summary>
internal static class GuideEndpoints
{
    private const int MaxDomain = 253;

    public static void MapGuides(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/guides/{domain}", Get).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> Get(
        string domain, ITenantDirectory directory, IGrainFactory grains, GuidePage guide, FailureThrottles throttles, HttpContext context,
        CancellationToken cancel)
    {
        if (!throttles.Guides.TryEnter(AttemptSource.Of(context), out var retryAfter))
        {
            context.Response.Headers.RetryAfter = RetryAfter.Format(retryAfter);
            return TypedResults.Problem(ProblemBody.Create(
                StatusCodes.Status429TooManyRequests, "Too many guides were asked for. Wait a little."));
        }

        // Of other domains nobody is told that they are here; RFC 1035 §2.3.4: none is longer.
        var name = domain.ToLowerInvariant();
        if (name.Length > MaxDomain
            || await directory.FindByDomain(name, cancel) is not { } id
            || await grains.Tenant(id).Get() is not { IsSuccess: true, Value.Value: { Enabled: true } tenant }
            || !tenant.IsOriginationOnly(name)
            || await guide.Render(tenant, name, cancel) is not { } page)
            return TypedResults.NotFound();

        context.Response.Headers.ContentSecurityPolicy = GuidePage.Policy;
        return TypedResults.Content(page, "text/html; charset=utf-8");
    }
}
