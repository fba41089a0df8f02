using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Guides;

/// <summary><c>/guides/{domain}</c>: what customers of an origination-only domain are given to read, so without sign-in.</summary>
internal static class GuideEndpoints
{
    public static void MapGuides(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/guides/{domain}", Get).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> Get(
        string domain, ITenantDirectory directory, IGrainFactory grains, GuidePage guide, HttpResponse response, CancellationToken cancel)
    {
        // Of other domains nobody is told that they are here.
        var name = domain.ToLowerInvariant();
        if (await directory.FindByDomain(name, cancel) is not { } id
            || await grains.Tenant(id).Get() is not { IsSuccess: true, Value.Value: { Enabled: true } tenant }
            || !tenant.IsOriginationOnly(name)
            || await guide.Render(tenant, name, cancel) is not { } page)
            return TypedResults.NotFound();

        response.Headers.ContentSecurityPolicy = GuidePage.Policy;
        return TypedResults.Content(page, "text/html; charset=utf-8");
    }
}
