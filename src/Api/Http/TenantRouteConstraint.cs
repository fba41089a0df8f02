using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Http;

/// <summary><c>{tenant:tenantId}</c>: what can't be a tenant's id is no path of ours.</summary>
internal sealed class TenantRouteConstraint : IRouteConstraint
{
    public const string Name = "tenantId";

    public bool Match(
        HttpContext? httpContext,
        IRouter? route,
        string routeKey,
        RouteValueDictionary values,
        RouteDirection routeDirection) =>
        values.TryGetValue(routeKey, out var value) && TenantId.TryParse(value as string, out _);
}
