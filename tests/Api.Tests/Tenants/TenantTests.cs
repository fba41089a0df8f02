using System.Net;
using System.Text.Json.Nodes;

namespace TekSipCloud.Api.Tests.Tenants;

/// <summary><c>/api/v1/tenants</c>.</summary>
public sealed class TenantTests(Product product)
{
    private const string Path = "/api/v1/tenants";

    [Fact]
    public async Task A_tenant_is_made_read_changed_and_removed()
    {
        using var console = await product.Operator();
        var id = NewId();
        var made = await console.Send("POST", Path, new { id, name = "Acme", domains = new[] { $"{id}.example" } });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal($"{Path}/{id}", made.Headers.Location?.OriginalString);
        Assert.Equal($"{id}.example", (await made.Json()).Text("realm"));

        var changed = await console.Send("PATCH", $"{Path}/{id}", new { name = "Acme Ltd", enabled = false }, made.Headers.ETag?.ToString());
        var tenant = await changed.Json();
        Assert.Equal("Acme Ltd", tenant.Text("name"));
        Assert.False(tenant["enabled"]!.GetValue<bool>());

        await (await console.Send("PATCH", $"{Path}/{id}", new { name = "Late" }, made.Headers.ETag?.ToString())).Problem(412);
        Assert.Equal(HttpStatusCode.NoContent, (await console.Send("DELETE", $"{Path}/{id}")).StatusCode);
        await (await console.Send("GET", $"{Path}/{id}")).Problem(404);
    }

    [Fact]
    public async Task With_its_tenant_an_API_key_is_gone_at_once()
    {
        using var console = await product.Operator();
        var tenant = await product.NewTenant();
        using var program = await product.Program(tenant);
        Assert.Equal(HttpStatusCode.OK, (await program.Send("GET", "/api/v1/session")).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await console.Send("DELETE", $"{Path}/{tenant}")).StatusCode);

        await (await program.Send("GET", "/api/v1/session")).Problem(401);
    }

    [Fact]
    public async Task Invalid_fields_are_all_named_as_the_client_wrote_them()
    {
        using var console = await product.Operator();
        var answer = await console.Send("POST", Path, new { id = NewId(), name = new string('n', 200), domains = new[] { "ok.example", "not a host" } });
        Assert.Equal(["domains[1]", "name"], (await answer.Problem(400)).Fields().Order());

        var badId = await console.Send("POST", Path, new { id = "Not An Id", domains = new[] { "x.example" } });
        Assert.Equal(["id"], (await badId.Problem(400)).Fields());
    }

    [Fact]
    public async Task A_domain_may_take_calls_only_and_one_that_is_not_the_tenants_is_named()
    {
        using var console = await product.Operator();
        var id = NewId();
        var (phones, dialler) = ($"{id}.example", $"dial.{id}.example");
        var made = await console.Send("POST", Path, new { id, domains = new[] { phones, dialler }, originationDomains = new[] { dialler } });
        Assert.Equal([dialler], Origination(await made.Json()));

        var renamed = await console.Send("PATCH", $"{Path}/{id}", new { name = "Acme" });
        Assert.Equal([dialler], Origination(await renamed.Json()));

        var wrong = await console.Send("PATCH", $"{Path}/{id}", new { originationDomains = new[] { phones, "other.example" } });
        Assert.Equal(["originationDomains[1]"], (await wrong.Problem(400)).Fields());

        Assert.Empty(Origination(await (await console.Send("PATCH", $"{Path}/{id}", new { originationDomains = Array.Empty<string>() })).Json()));
    }

    [Fact]
    public async Task A_domain_belongs_to_one_tenant_only()
    {
        using var console = await product.Operator();
        var taken = await product.NewTenant();
        await (await console.Send("POST", Path, new { id = NewId(), domains = new[] { $"{taken}.example" } })).Problem(409);
        await (await console.Send("POST", Path, new { id = taken.Value, domains = new[] { "new.example" } })).Problem(409);
    }

    [Fact]
    public async Task The_default_tenant_can_not_be_removed()
    {
        using var console = await product.Operator();
        await (await console.Send("DELETE", $"{Path}/default")).Problem(403);
    }

    [Fact]
    public async Task Tenants_are_listed_page_by_page()
    {
        for (var i = 0; i < 3; i++)
            await product.NewTenant();

        using var console = await product.Operator();
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await console.GetJson($"{Path}?limit=2{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}");
            Assert.InRange(page["items"]!.AsArray().Count, 0, 2);
            seen.AddRange(page["items"]!.AsArray().Select(tenant => tenant!.Text("id")));
            cursor = page["cursor"]?.GetValue<string>();
        }
        while (cursor is not null);

        Assert.Contains("default", seen);
        Assert.Equal(seen.Order(StringComparer.Ordinal).Distinct(), seen);
    }

    [Fact]
    public async Task Settings_are_replaced_as_a_whole_and_guarded_by_their_version()
    {
        var tenant = await product.NewTenant();
        using var admin = await product.Program(tenant);
        var path = $"{Path}/{tenant}/settings";
        var read = await admin.Send("GET", path);
        var settings = await read.Json();
        Assert.Equal(60, settings["minExpiresSeconds"]!.GetValue<int>());

        settings["minExpiresSeconds"] = 120;
        settings["maxSessionDurationSeconds"] = 7200;
        var saved = await (await admin.Send("PUT", path, settings, read.Headers.ETag?.ToString())).Json();
        Assert.Equal(120, saved["minExpiresSeconds"]!.GetValue<int>());
        Assert.Equal(7200, saved["maxSessionDurationSeconds"]!.GetValue<int>());
        await (await admin.Send("PUT", path, settings, read.Headers.ETag?.ToString())).Problem(412);
    }

    [Fact]
    public async Task Settings_that_can_not_be_are_named()
    {
        var tenant = await product.NewTenant();
        using var admin = await product.Program(tenant);
        var path = $"{Path}/{tenant}/settings";
        var settings = await admin.GetJson(path);

        settings["ringTimeoutSeconds"] = 1;
        Assert.Equal(["settings.ringTimeoutSeconds"], (await (await admin.Send("PUT", path, settings)).Problem(400)).Fields());
        settings["digestAlgorithm"] = "sha1";
        Assert.Equal(["digestAlgorithm"], (await (await admin.Send("PUT", path, settings)).Problem(400)).Fields());
        settings.AsObject().Remove("digestAlgorithm");
        Assert.Equal(["digestAlgorithm"], (await (await admin.Send("PUT", path, settings)).Problem(400)).Fields());
    }

    [Fact]
    public async Task Redirections_are_passed_on_until_they_are_to_be_processed()
    {
        // The manual, Settings: Process 3xx Responses Locally.
        var tenant = await product.NewTenant();
        using var admin = await product.Program(tenant);
        var path = $"{Path}/{tenant}/settings";
        var settings = await admin.GetJson(path);
        Assert.False(settings["processRedirects"]!.GetValue<bool>());

        settings["processRedirects"] = true;
        await admin.Send("PUT", path, settings);

        Assert.True((await admin.GetJson(path))["processRedirects"]!.GetValue<bool>());
    }

    [Fact]
    public async Task SIP_authentication_is_on_until_it_is_turned_off_and_whenever_nothing_is_said_of_it()
    {
        // The manual, Settings / Security: Enable SIP Authentication.
        var tenant = await product.NewTenant();
        using var admin = await product.Program(tenant);
        var path = $"{Path}/{tenant}/settings";
        var settings = await admin.GetJson(path);
        Assert.True(settings["sipAuthentication"]!.GetValue<bool>());

        settings["sipAuthentication"] = false;
        await admin.Send("PUT", path, settings);
        Assert.False((await admin.GetJson(path))["sipAuthentication"]!.GetValue<bool>());
        settings.AsObject().Remove("sipAuthentication");
        await admin.Send("PUT", path, settings);

        Assert.True((await admin.GetJson(path))["sipAuthentication"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Calls_to_extensions_are_authenticated_until_that_is_turned_off_and_whenever_nothing_is_said_of_it()
    {
        // The manual, Settings / Security: Authenticate Calls to Local Endpoints.
        var tenant = await product.NewTenant();
        using var admin = await product.Program(tenant);
        var path = $"{Path}/{tenant}/settings";
        var settings = await admin.GetJson(path);
        Assert.True(settings["authenticateLocalCalls"]!.GetValue<bool>());

        settings["authenticateLocalCalls"] = false;
        await admin.Send("PUT", path, settings);
        Assert.False((await admin.GetJson(path))["authenticateLocalCalls"]!.GetValue<bool>());
        settings.AsObject().Remove("authenticateLocalCalls");
        await admin.Send("PUT", path, settings);

        Assert.True((await admin.GetJson(path))["authenticateLocalCalls"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Transfers_are_carried_out_until_they_are_to_be_passed_on_or_refused()
    {
        var tenant = await product.NewTenant();
        using var admin = await product.Program(tenant);
        var path = $"{Path}/{tenant}/settings";
        var settings = await admin.GetJson(path);
        Assert.Equal("carryOut", settings["transfers"]!.GetValue<string>());

        settings["transfers"] = "passThrough";
        await admin.Send("PUT", path, settings);

        Assert.Equal("passThrough", (await admin.GetJson(path))["transfers"]!.GetValue<string>());
        settings["transfers"] = "sometimes";
        Assert.Equal(["transfers"], (await (await admin.Send("PUT", path, settings)).Problem(400)).Fields());
    }

    [Fact]
    public async Task Which_user_agents_are_let_in_is_kept_and_a_policy_without_any_is_named()
    {
        // The manual, Settings / Security.
        var tenant = await product.NewTenant();
        using var admin = await product.Program(tenant);
        var path = $"{Path}/{tenant}/settings";
        var settings = await admin.GetJson(path);
        Assert.False(settings["ignoreNullUserAgent"]!.GetValue<bool>());
        Assert.Equal("off", settings.Text("userAgentPolicy"));

        settings["ignoreNullUserAgent"] = true;
        settings["userAgentPolicy"] = "ban";
        settings["userAgents"] = " ; ";
        Assert.Equal(["settings.userAgents"], (await (await admin.Send("PUT", path, settings)).Problem(400)).Fields());
        settings["userAgents"] = "a\nb";
        Assert.Equal(["settings.userAgents"], (await (await admin.Send("PUT", path, settings)).Problem(400)).Fields());
        settings["userAgents"] = "friendly-scanner; sipcli";
        Assert.Equal(HttpStatusCode.OK, (await admin.Send("PUT", path, settings)).StatusCode);
        var saved = await admin.GetJson(path);

        Assert.True(saved["ignoreNullUserAgent"]!.GetValue<bool>());
        Assert.Equal("ban", saved.Text("userAgentPolicy"));
        Assert.Equal("friendly-scanner; sipcli", saved.Text("userAgents"));
        saved["userAgentPolicy"] = "maybe";
        await (await admin.Send("PUT", path, saved)).Problem(400);
    }

    [Fact]
    public async Task An_api_key_shows_its_secret_once_and_works()
    {
        var tenant = await product.NewTenant();
        using var admin = await product.Program(tenant);
        var made = await admin.Send("POST", $"{Path}/{tenant}/api-keys", new { name = "Billing", role = "viewer" });
        var secret = (await made.Json()).Text("secret");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);

        using var program = product.Stranger();
        program.DefaultRequestHeaders.Add("Authorization", $"Bearer {secret}");
        var session = await program.GetJson("/api/v1/session");
        Assert.Equal("key:Billing", session.Text("username"));
        Assert.Equal("viewer", session.Text("role"));

        await (await admin.Send("POST", $"{Path}/{tenant}/api-keys", new { name = "Root", role = "operator" })).Problem(400);
    }

    private static string NewId() => $"n{Guid.NewGuid():N}"[..20];

    private static string[] Origination(JsonNode tenant) => [.. tenant["originationDomains"]!.AsArray().Select(domain => domain!.GetValue<string>())];
}
