using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Gateway.Tenants;

namespace TekSipCloud.Gateway.Trunks;

/// <summary>Where calls of an account go whose domain rings nobody.</summary>
internal static class AccountRoute
{
    /// <summary>The tenant's routes that it may take; where none is for the number, its own destination, which needs no route.</summary>
    public static RouteChoice For(TenantView tenant, Extension account, string number)
    {
        var choice = RouteChoice.For(tenant, account, number);
        var name = account.ExternalRoute;
        // A route that was disabled stays shut.
        if (name.Length == 0 || tenant.DialPlan.Routes.Any(route => route.Destination == name && number.StartsWith(route.Prefix, StringComparison.Ordinal)))
            return choice;

        if (tenant.FindDestination(name) is not { Destination: { Enabled: true } destination } target)
            return choice with { Skipped = choice.Skipped.Add($"{account.Username}'s own destination {name} does not exist or is disabled.") };

        return choice with { Candidates = [new(new() { Destination = name }, target, account.Prefix + destination.AddPrefix + number)] };
    }
}
