using System.Collections.Immutable;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Grains.DialPlan;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Grains.Tests.DialPlan;

public sealed class DialPlanRulesTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.77/24", "192.0.2.0/24")]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("2001:DB8::1/33", "2001:db8::/33")]
    public void A_network_has_one_form(string text, string expected) =>
        Assert.Equal(expected, DialPlanRules.NormalizeNetwork(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("192.0.2.1/33")]
    [InlineData("192.0.2.1/-1")]
    [InlineData("192.0.2.1/")]
    [InlineData("host.example")]
    public void Anything_else_is_no_network(string? text) => Assert.Null(DialPlanRules.NormalizeNetwork(text));

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a%2fb")]
    public void A_destination_has_no_name_that_means_something_else_in_a_path(string name) // RFC 3986 §6.2.2.3
    {
        var problem = DialPlanRules.Validate(new Destination { Name = name, Gateway = "192.0.2.1" }, null);

        Assert.Equal("Name", Assert.Single(problem!.Fields).Field);
    }

    [Fact]
    public void Every_invalid_field_of_a_destination_is_named()
    {
        var destination = new Destination
        {
            Name = "",
            Gateway = "a b",
            Port = 65536,
            Transport = Transport.Ws,
            Register = true,
            Capacity = -1,
            MediaEncryption = (MediaEncryption)4,
            SrtpSuites = "AES_CM_128_HMAC_SHA1_80 AES_CM_128_HMAC_SHA1_80",
        };

        var fields = DialPlanRules.Validate(destination, null)!.Fields.Select(field => field.Field);

        Assert.Equal(["Name", "Username", "Gateway", "Port", "Transport", "Capacity", "MediaEncryption", "SrtpSuites"], fields);
    }

    [Fact]
    public void A_destination_of_type_Extension_needs_no_gateway_but_a_username()
    {
        var destination = new Destination { Name = "x", Type = DestinationType.Extension };

        Assert.Equal("Username", Assert.Single(DialPlanRules.Validate(destination, null)!.Fields).Field);
        Assert.Null(DialPlanRules.Validate(destination with { Username = "101" }, null));
    }

    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("10.0.0.0/7", false)]
    [InlineData("0.0.0.0/0", false)]
    [InlineData("192.0.2.7", true)]
    [InlineData("2001:db8::/32", true)]
    [InlineData("2001:db8::/31", false)]
    [InlineData("::ffff:0:0/96", false)]
    public void Who_needs_no_credentials_is_no_half_of_the_Internet(string network, bool mayBe)
    {
        foreach (var action in new[] { IpFilterAction.Bypass, IpFilterAction.Trust })
            Assert.Equal(mayBe ? null : "Address", DialPlanRules.Validate(new IpFilter(network, action, 0))?.Fields.Single().Field);
        Assert.Null(DialPlanRules.Validate(new IpFilter(network, IpFilterAction.Drop, 0)));
    }

    [Fact]
    public void A_tenant_has_a_thousand_filters_and_may_change_each()
    {
        var rows = Enumerable.Range(0, IpFilter.MaxPerTenant).Select(i => $"192.0.{i / 256}.{i % 256}")
            .ToDictionary(address => address, address => new ConfigRow<IpFilter>(address, new(address, IpFilterAction.Drop, 0), "1"));
        var plan = DialPlanState.Empty with { IpFilters = rows.ToImmutableDictionary() };

        Assert.Equal(ProblemKind.OverLimit, DialPlanRules.RefuseTooMany(new("198.51.100.1", IpFilterAction.Drop, 0), plan)?.Kind);
        Assert.Null(DialPlanRules.RefuseTooMany(new("192.0.0.7", IpFilterAction.Allow, 0), plan));
    }

    [Fact]
    public void A_route_to_nowhere_is_refused() => Assert.Equal(
        "Destination", Assert.Single(DialPlanRules.Validate(new Route { Destination = "none" }, DialPlanState.Empty)!.Fields).Field);
}
