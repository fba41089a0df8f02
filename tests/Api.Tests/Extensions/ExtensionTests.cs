using System.Net;

namespace TekSipCloud.Api.Tests.Extensions;

/// <summary><c>…/extensions</c>.</summary>
public sealed class ExtensionTests(Product product)
{
    [Fact]
    public async Task An_extension_is_added_read_replaced_and_removed()
    {
        var (client, path) = await Connect();
        var made = await client.Send("POST", path, new { username = "101", password = "secret", displayName = "Ann" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal($"{path}/101", made.Headers.Location?.OriginalString);

        var read = await client.Send("GET", $"{path}/101");
        Assert.Equal(made.Headers.ETag, read.Headers.ETag);
        Assert.Equal(read.Headers.ETag!.ToString(), (await read.Json()).Text("eTag"));

        var saved = await client.Send("PUT", $"{path}/101", new { username = "101", redirection = "102" }, read.Headers.ETag.ToString());
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Equal("102", (await saved.Json()).Text("redirection"));

        Assert.Equal(HttpStatusCode.NoContent, (await client.Send("DELETE", $"{path}/101")).StatusCode);
        await (await client.Send("GET", $"{path}/101")).Problem(404);
        await (await client.Send("DELETE", $"{path}/101")).Problem(404);
    }

    [Fact]
    public async Task An_old_version_replaces_and_removes_nothing()
    {
        var (client, path) = await Connect();
        var first = await client.Send("POST", path, new { username = "101", password = "secret" });
        await client.Send("PUT", $"{path}/101", new { username = "101", displayName = "Ann" });

        var old = first.Headers.ETag!.ToString();
        await (await client.Send("PUT", $"{path}/101", new { username = "101" }, old)).Problem(412);
        await (await client.Send("DELETE", $"{path}/101", ifMatch: old)).Problem(412);
        await (await client.Send("DELETE", $"{path}/101", ifMatch: "\"made-up!\"")).Problem(412);
        Assert.Equal("Ann", (await client.GetJson($"{path}/101")).Text("displayName"));
    }

    [Fact]
    public async Task The_second_of_two_that_add_the_same_extension_is_told()
    {
        var (client, path) = await Connect();
        await client.Send("POST", path, new { username = "101", password = "secret" });
        await (await client.Send("POST", path, new { username = "101", password = "other" })).Problem(409);
    }

    [Fact]
    public async Task Every_invalid_field_is_named()
    {
        var (client, path) = await Connect();
        var answer = await client.Send("POST", path, new { username = "101", redirection = "1 2", prefix = "a b" });
        Assert.Equal(["password", "prefix", "redirection"], (await answer.Problem(400)).Fields().Order());
    }

    [Fact]
    public async Task What_an_extension_may_call_as_is_kept_and_what_is_no_identity_is_named()
    {
        // RFC 3325 §5
        var (client, path) = await Connect();
        object Body(params string?[] identities) => new { username = "101", password = "secret", identities };

        foreach (var wrong in (string?[][])[["the boss"], [""], [null], ["a@b"], ["1", "1"], [.. Enumerable.Range(1, 21).Select(i => $"{i}")]])
            Assert.Equal(["identities"], (await (await client.Send("PUT", $"{path}/101", Body(wrong))).Problem(400)).Fields());
        foreach (var value in (string[][])[["+49301234", "sales"], []])
        {
            await client.Send("PUT", $"{path}/101", Body(value));
            Assert.Equal(value, (await client.GetJson($"{path}/101"))["identities"]!.AsArray().Select(name => name!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task The_ring_time_of_a_redirection_is_kept_and_one_out_of_bounds_is_named()
    {
        var (client, path) = await Connect();
        object Body(int? seconds) => new { username = "101", password = "secret", redirection = "102", redirectionTimeoutSeconds = seconds };

        foreach (var wrong in (int[])[-1, 0, 4, 601, int.MaxValue])
            Assert.Equal(["redirectionTimeoutSeconds"], (await (await client.Send("PUT", $"{path}/101", Body(wrong))).Problem(400)).Fields());
        foreach (var value in (int?[])[20, null])
        {
            await client.Send("PUT", $"{path}/101", Body(value));
            Assert.Equal(value, (await client.GetJson($"{path}/101"))["redirectionTimeoutSeconds"]?.GetValue<int>());
        }
    }

    [Fact]
    public async Task A_username_can_not_be_changed()
    {
        var (client, path) = await Connect();
        var answer = await client.Send("PUT", $"{path}/101", new { username = "102", password = "secret" });
        Assert.Equal(["username"], (await answer.Problem(400)).Fields());
    }

    [Fact]
    public async Task Usernames_with_signs_are_found_again()
    {
        var (client, path) = await Connect();
        foreach (var username in new[] { "*98", "#31#", "a.b", "(x)'!~", "+49" })
        {
            var made = await client.Send("POST", path, new { username, password = "secret" });
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
            Assert.Equal(username, (await client.GetJson(made.Headers.Location!.OriginalString)).Text("username"));
        }
    }

    [Fact]
    public async Task Extensions_are_listed_page_by_page_and_by_prefix()
    {
        var (client, path) = await Connect();
        await Task.WhenAll(Enumerable.Range(100, 25).Select(i =>
            client.Send("POST", path, new { username = $"{i}", password = "secret" })));

        var first = await client.GetJson($"{path}?limit=10");
        var second = await client.GetJson($"{path}?limit=10&cursor={Uri.EscapeDataString(first.Text("cursor"))}");
        var third = await client.GetJson($"{path}?limit=10&cursor={Uri.EscapeDataString(second.Text("cursor"))}");
        Assert.Null(third["cursor"]);
        Assert.Equal(
            Enumerable.Range(100, 25).Select(i => $"{i}"),
            new[] { first, second, third }.SelectMany(page => page["items"]!.AsArray()).Select(item => item!.Text("username")));

        var byPrefix = await client.GetJson($"{path}?prefix=12");
        Assert.Equal(["120", "121", "122", "123", "124"], byPrefix["items"]!.AsArray().Select(item => item!.Text("username")));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=many")]
    public async Task A_limit_that_is_none_is_named(string query)
    {
        var (client, path) = await Connect();
        Assert.Equal(["limit"], (await (await client.Send("GET", $"{path}?{query}")).Problem(400)).Fields());
    }

    [Theory]
    [InlineData("extensions")]
    [InlineData("destinations")]
    [InlineData("registrations")]
    [InlineData("calls/history")]
    [InlineData("events")]
    public async Task A_cursor_that_is_none_has_nothing_behind_it(string list)
    {
        var tenant = await product.NewTenant();
        using var client = await product.Program(tenant);
        var page = await client.GetJson($"/api/v1/tenants/{tenant}/{list}?cursor=%27%20or%20true");
        Assert.Empty(page["items"]!.AsArray());
    }

    private async Task<(HttpClient Client, string Path)> Connect()
    {
        var tenant = await product.NewTenant();
        return (await product.Program(tenant), $"/api/v1/tenants/{tenant}/extensions");
    }
}
