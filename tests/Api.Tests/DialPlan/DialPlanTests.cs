using System.Net;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tests.DialPlan;

/// <summary><c>…/destinations</c>, <c>…/routes</c>, <c>…/ip-filters</c> and <c>…/quarantine</c>.</summary>
public sealed class DialPlanTests(Product product)
{
    [Fact]
    public async Task A_destination_is_added_replaced_and_removed_when_no_route_uses_it()
    {
        var (client, root, _) = await Connect();
        var made = await client.Send("POST", $"{root}/destinations", new { name = "Carrier A/B", gateway = "192.0.2.9", password = "secret", transport = "tls" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var path = made.Headers.Location!.OriginalString;

        var read = await client.GetJson(path);
        Assert.Equal("Carrier A/B", read.Text("name"));
        Assert.Equal("tls", read.Text("transport"));
        Assert.True(read["hasPassword"]!.GetValue<bool>());

        var saved = await client.Send("PUT", path, new { name = "Carrier A/B", gateway = "192.0.2.10", capacity = 5 }, read.Text("eTag"));
        Assert.Equal(5, (await saved.Json())["capacity"]!.GetValue<int>());
        await (await client.Send("PUT", path, new { name = "Carrier A/B", gateway = "192.0.2.11" }, read.Text("eTag"))).Problem(412);

        var route = await client.Send("POST", $"{root}/routes", new { prefix = "00", destination = "Carrier A/B" });
        Assert.Equal(HttpStatusCode.Created, route.StatusCode);
        await (await client.Send("DELETE", path)).Problem(409);

        Assert.Equal(HttpStatusCode.NoContent, (await client.Send("DELETE", route.Headers.Location!.OriginalString)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.Send("DELETE", path)).StatusCode);
        await (await client.Send("GET", path)).Problem(404);
    }

    [Fact]
    public async Task A_destinations_invalid_fields_are_named()
    {
        var (client, root, _) = await Connect();
        var answer = await client.Send("POST", $"{root}/destinations", new { name = "X", gateway = "", port = 65_536, timeoutSeconds = -1 });
        Assert.Equal(["gateway", "port", "timeoutSeconds"], (await answer.Problem(400)).Fields().Order());
    }

    [Theory]
    [InlineData("destinations", "maybe")]
    [InlineData("destinations", true)]
    [InlineData("extensions", 2)]
    public async Task Media_encryption_is_off_preferred_required_or_by_DTLS(string kind, object wrong)
    {
        var (client, root, _) = await Connect();
        object Body(object value) => kind == "destinations"
            ? new { name = "700", gateway = "192.0.2.9", mediaEncryption = value }
            : new { username = "700", password = "long-enough", mediaEncryption = value };

        await (await client.Send("PUT", $"{root}/{kind}/700", Body(wrong))).Problem(400);
        foreach (var value in (string[])["preferred", "required", "dtls", "off"])
        {
            await client.Send("PUT", $"{root}/{kind}/700", Body(value));
            Assert.Equal(value, (await client.GetJson($"{root}/{kind}/700")).Text("mediaEncryption"));
        }
    }

    [Theory]
    [InlineData("destinations")]
    [InlineData("extensions")]
    public async Task Suites_of_SRTP_keep_their_order(string kind)
    {
        var (client, root, _) = await Connect();
        object Body(params string[] suites) => kind == "destinations"
            ? new { name = "700", gateway = "192.0.2.9", srtpSuites = suites }
            : new { username = "700", password = "long-enough", srtpSuites = suites };

        foreach (var wrong in (string[][])[["NULL"], ["AEAD_AES_256_GCM", "AEAD_AES_256_GCM"], ["AEAD_AES_256_GCM AEAD_AES_128_GCM", ""]])
            Assert.Equal(["srtpSuites"], (await (await client.Send("PUT", $"{root}/{kind}/700", Body(wrong))).Problem(400)).Fields());
        foreach (var value in (string[][])[["AEAD_AES_256_GCM", "AES_CM_128_HMAC_SHA1_80"], []])
        {
            await client.Send("PUT", $"{root}/{kind}/700", Body(value));
            Assert.Equal(value, (await client.GetJson($"{root}/{kind}/700"))["srtpSuites"]!.AsArray().Select(name => name!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task A_destination_is_trusted_only_when_somebody_says_so()
    {
        // RFC 3325 §2
        var (client, root, _) = await Connect();
        var path = $"{root}/destinations/X";
        await client.Send("PUT", path, new { name = "X", gateway = "192.0.2.9" });
        Assert.False((await client.GetJson(path))["trusted"]!.GetValue<bool>());

        await client.Send("PUT", path, new { name = "X", gateway = "192.0.2.9", trusted = true });
        Assert.True((await client.GetJson(path))["trusted"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_destinations_transfers_are_treated_as_the_tenants_settings_say_until_it_has_a_rule_of_its_own()
    {
        var (client, root, _) = await Connect();
        var path = $"{root}/destinations/X";
        await client.Send("PUT", path, new { name = "X", gateway = "192.0.2.9" });
        Assert.Null((await client.GetJson(path))["transfers"]);

        await client.Send("PUT", path, new { name = "X", gateway = "192.0.2.9", transfers = "refuse" });
        Assert.Equal("refuse", (await client.GetJson(path))["transfers"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_route_is_added_replaced_and_listed()
    {
        var (client, root, _) = await Connect();
        await client.Send("POST", $"{root}/destinations", new { name = "A", gateway = "192.0.2.9" });
        Assert.Equal(["destination"], (await (await client.Send("POST", $"{root}/routes", new { prefix = "1", destination = "Z" })).Problem(400)).Fields());

        var made = await client.Send("POST", $"{root}/routes", new { prefix = "1", destination = "A" });
        var path = made.Headers.Location!.OriginalString;
        await client.Send("PUT", path, new { prefix = "2", destination = "A", enabled = false }, made.Headers.ETag!.ToString());
        await (await client.Send("PUT", path, new { prefix = "3", destination = "A" }, made.Headers.ETag.ToString())).Problem(412);

        var route = (await client.GetJson($"{root}/routes"))["items"]!.AsArray().Single()!;
        Assert.Equal("2", route.Text("prefix"));
        Assert.False(route["enabled"]!.GetValue<bool>());
        Assert.Empty((await client.GetJson($"{root}/routes?prefix=1"))["items"]!.AsArray());
        await (await client.Send("GET", $"{root}/routes/nothing")).Problem(404);
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("10.0.0.0/8", "10.0.0.0%2F8")]
    [InlineData("2001:db8::/32", "2001:db8::/32")]
    [InlineData("192.0.2.7", "192.0.2.7")]
    public async Task A_filter_is_removed_by_its_address_slash_and_all(string address, string inPath)
    {
        var (client, root, _) = await Connect();
        var made = await client.Send("POST", $"{root}/ip-filters", new { address, action = "trust", order = 1 });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(address, (await client.GetJson($"{root}/ip-filters"))["items"]!.AsArray().Single()!.Text("address"));

        Assert.Equal(HttpStatusCode.NoContent, (await client.Send("DELETE", $"{root}/ip-filters/{inPath}")).StatusCode);
        await (await client.Send("DELETE", $"{root}/ip-filters/{inPath}")).Problem(404);
    }

    [Fact]
    public async Task Lists_in_memory_are_paged_too()
    {
        var (client, root, _) = await Connect();
        for (var i = 0; i < 5; i++)
            await client.Send("POST", $"{root}/ip-filters", new { address = $"192.0.2.{i}", action = "drop", order = i });

        var first = await client.GetJson($"{root}/ip-filters?limit=3");
        var second = await client.GetJson($"{root}/ip-filters?limit=3&cursor={Uri.EscapeDataString(first.Text("cursor"))}");
        Assert.Null(second["cursor"]);
        Assert.Equal(
            Enumerable.Range(0, 5).Select(i => $"192.0.2.{i}"),
            first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(filter => filter!.Text("address")));
    }

    [Fact]
    public async Task Blocked_addresses_are_listed_and_let_in_again()
    {
        var (client, root, tenant) = await Connect();
        foreach (var address in new[] { "192.0.2.66", "2001:db8::66" })
            await product.Grains.Quarantine(tenant).Add(address, "friendly-scanner");

        Assert.Equal(HttpStatusCode.NoContent, (await client.Send("DELETE", $"{root}/quarantine/192.0.2.66")).StatusCode);
        await (await client.Send("DELETE", $"{root}/quarantine/192.0.2.66")).Problem(404);
        Assert.Equal("2001:db8::66", (await client.GetJson($"{root}/quarantine"))["items"]!.AsArray().Single()!.Text("address"));
        Assert.Equal(HttpStatusCode.NoContent, (await client.Send("DELETE", $"{root}/quarantine")).StatusCode);
        Assert.Empty((await client.GetJson($"{root}/quarantine"))["items"]!.AsArray());
    }

    private async Task<(HttpClient Client, string Root, TenantId Tenant)> Connect()
    {
        var tenant = await product.NewTenant();
        return (await product.Program(tenant), $"/api/v1/tenants/{tenant}", tenant);
    }
}
