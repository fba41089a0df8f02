using System.Security.Claims;
using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Accounts;

/// <summary>Carries a <see cref="Caller"/> in the claims of a request.</summary>
internal static class CallerClaims
{
    public const string Stamp = "stamp";
    private const string Username = "username";
    private const string RoleName = "role";
    private const string Tenant = "tenant";

    public static ClaimsPrincipal ToPrincipal(this Caller caller, string scheme, string? stamp = null)
    {
        List<Claim> claims = [new(Username, caller.Username), new(RoleName, caller.Role.ToString())];
        if (caller.Tenant is { } tenant)
            claims.Add(new(Tenant, tenant.Value));
        if (stamp is not null)
            claims.Add(new(Stamp, stamp));

        return new(new ClaimsIdentity(claims, scheme, Username, RoleName));
    }

    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Caller ToCaller(this ClaimsPrincipal user) =>
        user.FindCaller() ?? throw new InvalidOperationException("The endpoint demands no role, so it has no caller.");

    public static Caller? FindCaller(this ClaimsPrincipal user)
    {
        if (user.Identity is not { IsAuthenticated: true, Name: { } username }
            || !Enum.TryParse<Role>(user.FindFirstValue(RoleName), out var role))
        {
            return null;
        }

        var tenant = TenantId.TryParse(user.FindFirstValue(Tenant), out var id) ? id : (TenantId?)null;

        // Who belongs to no tenant is an operator or nobody.
        return tenant is null && role != Role.Operator ? null : new(username, role, tenant);
    }
}
