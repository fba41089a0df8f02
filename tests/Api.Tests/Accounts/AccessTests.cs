using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tests.Accounts;

/// <summary>Role × tenant × verb, over every endpoint there is.</summary>
public sealed class AccessTests(Product product)
{
    [Fact]
    public async Task A_viewer_can_read_everything_of_its_tenant_and_change_nothing()
    {
        var tenant = await product.NewTenant();
        using var viewer = await product.Program(tenant, Role.Viewer);
        foreach (var (method, path, policy) in Endpoints(tenant))
        {
            var answer = await viewer.Send(method, path, BodyOf(method));
            if (policy == Policies.Viewer)
                AssertLetIn(answer, method, path);
            else
                await answer.Problem(403);
        }
    }

    [Fact]
    public async Task A_tenants_administrator_can_change_its_tenant_but_not_make_or_remove_it()
    {
        var tenant = await product.NewTenant();
        using var admin = await product.Program(tenant);
        foreach (var (method, path, policy) in Endpoints(tenant))
        {
            var answer = await admin.Send(method, path, BodyOf(method));
            if (policy == Policies.Operator)
                await answer.Problem(403);
            else
                AssertLetIn(answer, method, path);
        }
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.TenantAdmin)]
    public async Task Another_tenant_looks_as_if_it_did_not_exist(Role role)
    {
        var own = await product.NewTenant();
        using var caller = await product.Program(own, role);
        foreach (var foreign in new[] { await product.NewTenant(), new TenantId("no-such-tenant") })
        {
            foreach (var (method, path, _) in Endpoints(foreign).Where(e => e.Path.Contains($"/tenants/{foreign}", StringComparison.Ordinal)))
            {
                var problem = await (await caller.Send(method, path, BodyOf(method))).Problem(404);
                Assert.Equal("There is no such tenant.", problem.Text("detail"));
            }
        }
    }

    [Fact]
    public async Task An_operator_gets_everywhere()
    {
        var tenant = await product.NewTenant();
        using var console = await product.Operator();
        foreach (var (method, path, policy) in Endpoints(tenant).Where(e => e.Method == "GET" || e.Policy == Policies.Operator))
            AssertLetIn(await console.Send(method, path, BodyOf(method)), method, $"{path} ({policy})");
    }

    [Fact]
    public async Task A_tenant_that_is_not_there_has_no_lists_for_an_operator_either()
    {
        using var console = await product.Operator();
        foreach (var (method, path, _) in Endpoints(new TenantId("no-such-tenant")).Where(e => e.Method == "GET" && e.Path.Contains("no-such", StringComparison.Ordinal)))
            await (await console.Send(method, path)).Problem(404);
    }

    [Fact]
    public async Task A_tenants_administrator_can_neither_claim_domains_nor_enable_its_tenant()
    {
        var tenant = await product.NewTenant();
        using var admin = await product.Program(tenant);
        await (await admin.Send("PATCH", $"/api/v1/tenants/{tenant}", new { domains = new[] { "other.example" } })).Problem(403);
        await (await admin.Send("PATCH", $"/api/v1/tenants/{tenant}", new { enabled = true })).Problem(403);
        Assert.Equal(HttpStatusCode.OK, (await admin.Send("PATCH", $"/api/v1/tenants/{tenant}", new { name = "New" })).StatusCode);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once_on_the_node_it_was_revoked_on()
    {
        var tenant = await product.NewTenant();
        using var program = await product.Program(tenant, Role.Viewer);
        using var admin = await product.Program(tenant);
        var path = $"/api/v1/tenants/{tenant}/api-keys";
        await program.GetJson($"/api/v1/tenants/{tenant}");

        foreach (var key in (await admin.GetJson(path))["items"]!.AsArray().Where(key => key!.Text("role") == "viewer"))
            Assert.Equal(HttpStatusCode.NoContent, (await admin.Send("DELETE", $"{path}/{key!.Text("id")}")).StatusCode);

        await (await program.Send("GET", $"/api/v1/tenants/{tenant}")).Problem(401);
    }

    private static void AssertLetIn(HttpResponseMessage answer, string method, string path) => Assert.False(
        answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or >= HttpStatusCode.InternalServerError,
        $"{method} {path}: {(int)answer.StatusCode}");

    // No body fits, so nothing is changed by a caller who is let in; deletions name things that are not there.
    private static string? BodyOf(string method) => method is "POST" or "PUT" or "PATCH" ? "[]" : null;

    // Without those of the own session, and without what empties a whole list.
    private IEnumerable<(string Method, string Path, string Policy)> Endpoints(TenantId tenant) =>
        from endpoint in product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let route = endpoint.RoutePattern.RawText!
        where route.StartsWith("/api/v1/", StringComparison.Ordinal) && !route.StartsWith("/api/v1/session", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetRequiredMetadata<Microsoft.AspNetCore.Routing.IHttpMethodMetadata>().HttpMethods
        where !(method == "DELETE" && endpoint.Metadata.GetMetadata<IAuthorizeData>()!.Policy == Policies.Operator)
        let path = Fill(route, tenant)
        select (method, path, endpoint.Metadata.GetMetadata<IAuthorizeData>()!.Policy!);

    private static string Fill(string route, TenantId tenant)
    {
        var path = route.Replace("{tenant:tenantId}", tenant.Value, StringComparison.Ordinal)
            .Replace("{id:guid}", "0190a4a0-0000-7000-8000-000000000000", StringComparison.Ordinal);
        foreach (var name in new[] { "{id}", "{username}", "{name}", "{**address}", "{address}" })
            path = path.Replace(name, "nobody", StringComparison.Ordinal);
        return path;
    }
}
