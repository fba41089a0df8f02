using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TekSipCloud.Contracts.Accounts;

namespace TekSipCloud.Api.Accounts;

/// <summary>Lets a caller in whose role suffices and who belongs to the tenant of the path.</summary>
internal sealed class RoleHandler : AuthorizationHandler<RoleRequirement>
{
    /// <summary>The reason of a refusal that must look as if the tenant did not exist.</summary>
    public const string OtherTenant = "other tenant";

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleRequirement requirement)
    {
        if (context.User.FindCaller() is not { } caller)
            return Task.CompletedTask;

        if (!BelongsToPath(caller, context.Resource as HttpContext))
            context.Fail(new AuthorizationFailureReason(this, OtherTenant));
        else if (caller.Role >= requirement.Minimum)
            context.Succeed(requirement);

        return Task.CompletedTask;
    }

    private static bool BelongsToPath(Caller caller, HttpContext? context) =>
        caller.Role == Role.Operator
        || context?.GetRouteValue("tenant") is not string tenant
        || tenant == caller.Tenant?.Value;
}
