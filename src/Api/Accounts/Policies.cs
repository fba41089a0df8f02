using Microsoft.AspNetCore.Authorization;
using TekSipCloud.Contracts.Accounts;

namespace TekSipCloud.Api.Accounts;

/// <summary>The policies of the endpoints; each also demands that the caller belongs to the path's tenant.</summary>
internal static class Policies
{
    public const string Viewer = nameof(Role.Viewer);
    public const string TenantAdmin = nameof(Role.TenantAdmin);
    public const string Operator = nameof(Role.Operator);

    public static void AddTo(AuthorizationOptions options)
    {
        options.AddPolicy(Viewer, policy => policy.AddRequirements(new RoleRequirement(Role.Viewer)));
        options.AddPolicy(TenantAdmin, policy => policy.AddRequirements(new RoleRequirement(Role.TenantAdmin)));
        options.AddPolicy(Operator, policy => policy.AddRequirements(new RoleRequirement(Role.Operator)));
    }
}
