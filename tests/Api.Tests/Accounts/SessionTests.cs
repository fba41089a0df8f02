using System.Net;
using System.Net.Http.Json;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Accounts;

namespace TekSipCloud.Api.Tests.Accounts;

/// <summary>Signing in to the console.</summary>
public sealed class SessionTests(Product product)
{
    private const string Session = "/api/v1/session";

    [Fact]
    public async Task An_operator_signs_in_and_is_told_who_and_what_it_is()
    {
        var tenant = await product.NewTenant();
        using var console = await product.Operator();
        var session = await console.GetJson(Session);

        Assert.Equal("admin", session.Text("username"));
        Assert.Equal("operator", session.Text("role"));
        Assert.Null(session["tenant"]);
        Assert.Contains(tenant.Value, session["tenants"]!.AsArray().Select(t => t!.Text("id")));
    }

    [Fact]
    public async Task A_tenants_account_is_told_only_of_its_tenant()
    {
        var tenant = await product.NewTenant();
        await product.SaveAccount($"anna@{tenant}", Role.Viewer, tenant, "anna-password-1");
        using var console = await product.SignIn($"ANNA@{tenant}", "anna-password-1");
        var session = await console.GetJson(Session);

        Assert.Equal("viewer", session.Text("role"));
        Assert.Equal([tenant.Value], session["tenants"]!.AsArray().Select(t => t!.Text("id")));
    }

    [Fact]
    public async Task The_cookie_can_not_be_read_by_scripts_nor_sent_by_other_sites()
    {
        using var stranger = product.Stranger();
        var answer = await stranger.PostAsJsonAsync(
            Session, new { username = "admin", password = Product.OperatorPassword }, TestContext.Current.CancellationToken);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();

        Assert.StartsWith("tsc=", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin", "wrong")]
    [InlineData("nobody", "wrong")]
    [InlineData("admin", "")]
    [InlineData("", "wrong")]
    [InlineData("' or 1 eq 1 or '", "wrong")]
    public async Task A_wrong_password_and_no_such_account_look_alike(string username, string password)
    {
        // A host of its own: failures are held against this machine for a minute.
        await using var host = await product.StartHost();
        using var client = host.CreateClient();
        var answer = await client.PostAsJsonAsync(Session, new { username, password }, TestContext.Current.CancellationToken);

        var problem = await answer.Problem(401);
        Assert.Equal("The username or the password is wrong.", problem.Text("detail"));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Guessing_is_stopped_after_a_while()
    {
        await using var host = await product.StartHost(("Api:MaxFailures", "3"));
        using var client = host.CreateClient();
        for (var i = 0; i < 3; i++)
            await (await client.Send("POST", Session, new { username = $"user{i}", password = "wrong" })).Problem(401);

        var answer = await client.Send("POST", Session, new { username = "admin", password = Product.OperatorPassword });
        await answer.Problem(429);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_change_without_the_consoles_header_is_refused()
    {
        var tenant = await product.NewTenant();
        using var console = await product.Operator();
        console.DefaultRequestHeaders.Remove(CsrfGuard.Header);

        await (await console.Send("DELETE", $"/api/v1/tenants/{tenant}")).Problem(403);
        Assert.Equal(HttpStatusCode.OK, (await console.Send("GET", $"/api/v1/tenants/{tenant}")).StatusCode);
    }

    [Fact]
    public async Task After_signing_out_the_session_is_over()
    {
        using var console = await product.Operator();
        Assert.Equal(HttpStatusCode.NoContent, (await console.Send("DELETE", Session)).StatusCode);
        await (await console.Send("GET", Session)).Problem(401);
    }

    [Fact]
    public async Task A_new_password_ends_every_other_session_at_once()
    {
        var tenant = await product.NewTenant();
        await product.SaveAccount($"bob@{tenant}", Role.TenantAdmin, tenant, "bobs-password-1");
        using var here = await product.SignIn($"bob@{tenant}", "bobs-password-1");
        using var elsewhere = await product.SignIn($"bob@{tenant}", "bobs-password-1");

        var change = await here.Send(
            "PUT", $"{Session}/password", new { oldPassword = "bobs-password-1", newPassword = "bobs-password-2" });
        Assert.Equal(HttpStatusCode.NoContent, change.StatusCode);

        await (await elsewhere.Send("GET", Session)).Problem(401);
        Assert.Equal(HttpStatusCode.OK, (await here.Send("GET", Session)).StatusCode);
    }

    [Theory]
    [InlineData("wrong-password", "long-enough-1", "oldPassword")]
    [InlineData(Product.OperatorPassword, "short", "newPassword")]
    public async Task A_change_of_password_names_what_is_wrong(string oldPassword, string newPassword, string field)
    {
        using var console = await product.Operator();
        var answer = await console.Send("PUT", $"{Session}/password", new { oldPassword, newPassword });
        Assert.Contains(field, (await answer.Problem(400)).Fields());
    }

    [Fact]
    public async Task A_cookie_outlives_a_restart()
    {
        await using var restarted = await product.StartHost();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(restarted.Address, Session));
        using var first = product.Stranger();
        var signIn = await first.PostAsJsonAsync(
            Session, new { username = "admin", password = Product.OperatorPassword }, TestContext.Current.CancellationToken);
        request.Headers.Add("Cookie", signIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);

        using var client = restarted.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
    }
}
