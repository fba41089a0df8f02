using System.Net;
using System.Text;
using System.Text.Json;
using TekSipCloud.Testing.Hosts;

namespace TekSipCloud.Silo.Tests.Refusals;

/// <summary>What the HTTP APIs refuse.</summary>
public sealed class ApiRefusalTests(HostFixture fixture)
{
    private const int TenMegabytes = 10 * 1024 * 1024;

    [Fact]
    public async Task A_wrong_api_password_is_answered_401_in_the_shape_of_every_answer()
    {
        using var wrong = new TekSipClient(fixture.Host.Rest.Address, path: "", "wrong-password");

        using var response = await wrong.Post("extensions", 15);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var answer = await Read(response);
        Assert.Equal(["Operation", "Success", "Message"], answer.EnumerateObject().Select(p => p.Name));
        Assert.False(answer.GetProperty("Success").GetBoolean());
    }

    [Fact]
    public async Task An_unknown_tenant_is_answered_like_a_wrong_api_password()
    {
        using var wrong = new TekSipClient(fixture.Host.Rest.Address, path: "", "wrong-password");
        using var nowhere = new TekSipClient(fixture.Host.Rest.Address, "/t/nowhere", "wrong-password");

        using var known = await wrong.Post("sessions", 7);
        using var unknown = await nowhere.Post("sessions", 7);

        Assert.Equal(known.StatusCode, unknown.StatusCode);
        Assert.Equal(await Text(known), await Text(unknown));
    }

    [Fact]
    public async Task Rest_without_a_session_is_answered_401_as_a_problem()
    {
        using var nobody = new RestClient(fixture.Host.Rest.Address);

        using var response = await nobody.Http.GetAsync("/api/v1/tenants/default/extensions", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/extensions")]
    [InlineData("/api/v1/tenants/default/extensions")]
    [InlineData("/api/v1/session")]
    public async Task A_body_of_10_megabytes_is_refused_and_the_host_goes_on(string path)
    {
        using var content = new StringContent($$"""{"APIPassword":"{{new string('x', TenMegabytes)}}"}""", Encoding.UTF8, "application/json");

        var status = await PostBody(path, content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        using var health = await fixture.Host.Rest.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task A_stored_password_is_never_given_back()
    {
        using var tenant = await TestTenant.Create(fixture.Host, "secret");
        await tenant.AddExtension("1001");

        var byRest = await fixture.Host.Rest.Get(tenant.Path("extensions/1001"));
        var byOperation = await tenant.TekSip.Run("extensions", 15, new { Data = new { ExtensionId = "1001" } });

        Assert.DoesNotContain(TestTenant.PasswordOf("1001"), byRest.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("", byOperation.GetProperty("Password").GetString());
    }

    private async Task<HttpStatusCode> PostBody(string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        // Wait for leave to send, so that the refusal is read instead of a broken connection.
        request.Headers.ExpectContinue = true;
        using var response = await fixture.Host.Rest.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static Task<string> Text(HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static async Task<JsonElement> Read(HttpResponseMessage response) => JsonDocument.Parse(await Text(response)).RootElement;
}
