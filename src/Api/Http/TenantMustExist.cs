using Microsoft.AspNetCore.Http;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Http;

/// <summary>Answers 404 under a tenant that does not exist: its lists would only be empty.</summary>
internal sealed class TenantMustExist(IGrainFactory grains) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        TenantId.TryParse(context.HttpContext.Request.RouteValues["tenant"] as string, out var tenant)
        && (await grains.Tenant(tenant).Get()).Problem is { } problem
            ? problem.ToHttp()
            : await next(context);
}
