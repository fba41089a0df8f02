using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Gateway.Trunks;

namespace TekSipCloud.Gateway.Tests.Trunks;

/// <summary>Which destinations a number may take, and as what number (the manual, Routing).</summary>
public sealed class RouteChoiceTests
{
    private static readonly Extension Caller = new() { Username = "101", AllowExternalCalls = true };

    [Fact]
    public void The_longest_prefix_comes_first() =>
        Assert.Equal(["c", "b", "a"], Names(Choose("0049", [Route("", "a"), Route("00", "b"), Route("004", "c")])));

    [Fact]
    public void Equal_prefixes_keep_the_routes_order() =>
        Assert.Equal(["b", "a"], Names(Choose("0049", [Route("00", "a", order: 2), Route("00", "b", order: 1)])));

    [Fact]
    public void A_route_of_another_prefix_is_not_even_mentioned()
    {
        var choice = Choose("123", [Route("00", "a")]);

        Assert.Empty(choice.Candidates);
        Assert.Empty(choice.Skipped);
    }

    [Fact]
    public void A_disabled_route_is_passed_over_and_said_so()
    {
        var choice = Choose("123", [Route("", "a") with { Enabled = false }, Route("1", "b")]);

        Assert.Equal(["b"], Names(choice));
        Assert.Contains("the route is disabled", choice.Skipped[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_route_to_nowhere_is_passed_over_and_said_so() =>
        Assert.Contains("does not exist", Choose("123", [Route("", "gone")]).Skipped[0], StringComparison.Ordinal);

    [Fact]
    public void A_disabled_destination_is_passed_over_and_said_so() =>
        Assert.Contains("destination is disabled", Choose("1", [Route("", "off")]).Skipped[0], StringComparison.Ordinal);

    [Fact]
    public void An_extension_bound_to_one_destination_takes_no_other()
    {
        var choice = Choose("123", [Route("1", "a"), Route("", "b")], Caller with { ExternalRoute = "b" });

        Assert.Equal(["b"], Names(choice));
        Assert.Single(choice.Skipped);
    }

    [Theory]
    [InlineData("00", false, "", "", "0049")]
    [InlineData("00", true, "", "", "49")]
    [InlineData("00", true, "+", "", "+49")]
    [InlineData("00", false, "9", "", "90049")]
    [InlineData("00", true, "+", "7", "7+49")]
    [InlineData("", true, "+", "", "+0049")]
    [InlineData("0049", true, "", "", "")]
    public void The_number_is_cut_and_prefixed(string prefix, bool cuts, string adds, string callers, string expected)
    {
        var caller = Caller with { Prefix = callers };
        var choice = Choose("0049", [Route(prefix, "a")], caller, d => d with { RemovePrefix = cuts, AddPrefix = adds });

        Assert.Equal(expected, choice.Candidates[0].Number);
    }

    private static Route Route(string prefix, string destination, int order = 0) =>
        new() { Prefix = prefix, Destination = destination, Order = order };

    private static string[] Names(RouteChoice choice) => [.. choice.Candidates.Select(c => c.Target.Destination.Name)];

    private static RouteChoice Choose(
        string number, Route[] routes, Extension? caller = null, Func<Destination, Destination>? change = null)
    {
        var id = new TenantId("t");
        Destination[] destinations = [.. "abc".Select(n => new Destination { Name = $"{n}" }), new() { Name = "off", Enabled = false }];
        var plan = new DialPlanSnapshot(
            id, 1, [.. destinations.Select(d => new DestinationTarget(change?.Invoke(d) ?? d, null))], [.. routes], []);
        var tenant = new Tenant(id, "t", "t", ["t"], true, new TenantSettings(), default);
        return RouteChoice.For(new TenantView(new TenantSnapshot(tenant, 1), plan), caller ?? Caller, number);
    }
}
