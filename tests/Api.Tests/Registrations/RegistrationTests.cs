using System.Net;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Counters;

namespace TekSipCloud.Api.Tests.Registrations;

/// <summary><c>…/registrations</c>, <c>…/counters</c> and <c>/api/v1/system</c>.</summary>
public sealed class RegistrationTests(Product product)
{
    [Fact]
    public async Task Each_device_is_listed_and_can_be_removed_alone()
    {
        var tenant = await product.NewTenant();
        using var client = await product.Program(tenant);
        var path = $"/api/v1/tenants/{tenant}/registrations";
        await product.Register(tenant, "101", 5070);
        await product.Register(tenant, "101", 5080);
        await product.Register(tenant, "202", 5090);

        var items = (await client.GetJson(path))["items"]!.AsArray();
        Assert.Equal(["101", "101", "202"], items.Select(item => item!.Text("username")));
        Assert.Equal("192.0.2.51", items[0]!.Text("address"));
        Assert.Equal("udp", items[0]!.Text("transport"));
        Assert.Equal(1.0, items[0]!["q"]!.GetValue<double>());

        var contact = Uri.EscapeDataString("sip:101@192.0.2.51:5070");
        Assert.Equal(HttpStatusCode.NoContent, (await client.Send("DELETE", $"{path}/101?contact={contact}")).StatusCode);
        Assert.Equal([5080], (await client.GetJson($"{path}?prefix=101"))["items"]!.AsArray().Select(item => item!["port"]!.GetValue<int>()));

        Assert.Equal(HttpStatusCode.NoContent, (await client.Send("DELETE", $"{path}/101")).StatusCode);
        await (await client.Send("DELETE", $"{path}/101")).Problem(404);
    }

    [Fact]
    public async Task Counters_have_keys_names_and_levels()
    {
        var tenant = await product.NewTenant();
        using var client = await product.Program(tenant);
        await product.Grains.Counters(tenant).Report(product.Node.Name, product.Node.Incarnation, [.. Enumerable.Range(1, 15).Select(i => (long)i)]);

        var path = $"/api/v1/tenants/{tenant}/counters";
        var items = (await client.GetJson(path))["items"]!.AsArray();
        Assert.Equal("activeRegistrations", items[0]!.Text("key"));
        Assert.True(items[0]!["isLevel"]!.GetValue<bool>());
        Assert.Equal(CounterNames.All, items.Select(item => item!.Text("name")));

        Assert.Equal(HttpStatusCode.NoContent, (await client.Send("DELETE", path)).StatusCode);
        var cleared = (await client.GetJson(path))["items"]!.AsArray();
        Assert.Equal(1, cleared[0]!["value"]!.GetValue<long>());
        Assert.Equal(0, cleared[2]!["value"]!.GetValue<long>());
    }

    [Fact]
    public async Task The_system_tells_a_tenant_of_its_own_domains_only()
    {
        var tenant = await product.NewTenant();
        using var client = await product.Program(tenant);
        var system = await client.GetJson("/api/v1/system");

        Assert.Equal("api-test", system.Text("node"));
        Assert.Equal([$"{tenant}.example"], system["sipDomains"]!.AsArray().Select(domain => domain!.GetValue<string>()));
        Assert.Contains("api-test", system["nodes"]!.AsArray().Select(node => node!.Text("name")));
    }
}
