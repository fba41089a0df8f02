using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tests.TekSip;

/// <summary>Who gets into the TekSIP-compatible API, and what a request must be like.</summary>
public sealed class TekSipAccessTests(Product product)
{
    [Theory]
    [InlineData("/routing", 1, 6)]
    [InlineData("/sessions", 7, 8)]
    [InlineData("/log", 9, 10)]
    [InlineData("/counters", 11, 12)]
    [InlineData("/extensions", 13, 15)]
    [InlineData("/registrations", 16, 17)]
    [InlineData("/quarantine", 18, 19)]
    [InlineData("/ipfilters", 20, 22)]
    public async Task Every_operation_demands_the_api_password(string path, int first, int last)
    {
        await using var host = await product.StartHost(("Api:MaxFailures", "100"));
        using var client = host.CreateClient();
        for (var operation = first; operation <= last; operation++)
        {
            foreach (var password in new[] { "", "\"APIPassword\": \"\",", "\"APIPassword\": \"wrong\",", "\"APIPassword\": null,", "\"APIPassword\": []," })
            {
                var answer = await Post(client, path, $$"""{ {{password}} "OperationType": {{operation}} }""");
                await AssertRefused(answer, HttpStatusCode.Unauthorized, "Invalid API password.");
            }
        }
    }

    [Fact]
    public async Task The_root_paths_speak_for_the_default_tenant()
    {
        using var client = product.Stranger();
        var username = $"u{Guid.NewGuid():N}"[..20];
        var add = await Post(client, "/extensions", $$"""{"APIPassword":"{{Product.ApiPassword}}","OperationType":"addextension","Username":"{{username}}","Password":"x"}""");
        Assert.Equal(HttpStatusCode.OK, add.StatusCode);
        Assert.True((await product.Grains.Extension(TenantId.Default, username).Get()).IsSuccess);
    }

    [Fact]
    public async Task A_tenant_that_has_no_api_password_or_does_not_exist_is_401_alike()
    {
        var tenant = await product.NewTenant();
        await product.Grains.Tenant(tenant).SetApiPassword(null);
        await using var host = await product.StartHost();
        using var client = host.CreateClient();

        foreach (var name in new[] { tenant.Value, "no-such-tenant" })
        {
            var answer = await Post(client, $"/t/{name}/log", $$"""{"APIPassword":"{{Product.ApiPassword}}","OperationType":9}""");
            await AssertRefused(answer, HttpStatusCode.Unauthorized, "Invalid API password.");
        }
    }

    [Fact]
    public async Task A_changed_password_counts_at_once_on_the_node_it_was_changed_on()
    {
        var tenant = await product.NewTenant();
        using var api = new TekSipClient(product, tenant);
        await api.Run("/log", 9);
        using var rest = await product.Program(tenant);
        var change = await rest.Send("PUT", $"/api/v1/tenants/{tenant}/api-password", new { password = "another-password" });
        Assert.Equal(HttpStatusCode.NoContent, change.StatusCode);

        var answer = await api.Send("/log", $$"""{"APIPassword":"{{Product.ApiPassword}}","OperationType":9}""");
        await AssertRefused(answer, HttpStatusCode.Unauthorized, "Invalid API password.");
    }

    [Fact]
    public async Task Guessing_is_stopped_after_a_while()
    {
        await using var host = await product.StartHost(("Api:MaxFailures", "3"));
        using var client = host.CreateClient();
        for (var i = 0; i < 3; i++)
            await Post(client, "/log", """{"APIPassword":"wrong","OperationType":9}""");

        var answer = await Post(client, "/log", $$"""{"APIPassword":"{{Product.ApiPassword}}","OperationType":9}""");
        await AssertRefused(answer, HttpStatusCode.TooManyRequests, "Too many invalid API passwords. Wait a little.");
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("APIPassword=1234")]
    [InlineData("{\"Data\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}}")]
    public async Task What_is_no_json_object_is_400(string body)
    {
        using var client = product.Stranger();
        await AssertRefused(await Post(client, "/log", body), HttpStatusCode.BadRequest, "The request is not a JSON object.");
    }

    [Theory]
    [InlineData("\"Explode\"", 0, "Unknown operation 'Explode'.")]
    [InlineData("99", 0, "Unknown operation '99'.")]
    [InlineData("0", 0, "Unknown operation '0'.")]
    [InlineData("null", 0, "Unknown operation ''.")]
    [InlineData("13", 13, "AddExtension is an operation of /extensions.")]
    public async Task An_operation_that_does_not_belong_here_is_told(string operation, int number, string message)
    {
        using var api = new TekSipClient(product, await product.NewTenant());
        TekSipClient.AssertSame(
            $$"""{"Operation": {{number}}, "Success": false, "Message": "{{message}}"}""",
            await api.Post("/log", $$"""{"APIPassword": "1234", "OperationType": {{operation}}}"""));
    }

    [Fact]
    public async Task One_tenants_password_opens_nothing_of_another()
    {
        var mine = await product.NewTenant();
        var other = await product.NewTenant();
        await product.Grains.Tenant(mine).SetApiPassword("only-for-mine");
        await using var host = await product.StartHost();
        using var client = host.CreateClient();

        var answer = await Post(client, $"/t/{other}/extensions", """{"APIPassword":"only-for-mine","OperationType":15}""");
        await AssertRefused(answer, HttpStatusCode.Unauthorized, "Invalid API password.");
    }

    [Fact]
    public async Task Storage_away_is_503_in_the_same_shape()
    {
        await using var host = await ApiHost.Start();
        var answer = await Post(host.Client, "/log", """{"APIPassword":"x","OperationType":9}""");
        await AssertRefused(answer, HttpStatusCode.ServiceUnavailable, "A part of the system is away. Try again soon.");
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    private static Task<HttpResponseMessage> Post(HttpClient client, string path, string body) => client.PostAsync(
        path, new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    private static async Task AssertRefused(HttpResponseMessage answer, HttpStatusCode status, string message)
    {
        Assert.Equal(status, answer.StatusCode);
        var body = (await answer.Json()).AsObject();
        Assert.Equal(["Operation", "Success", "Message"], body.Select(member => member.Key));
        Assert.False(body["Success"]!.GetValue<bool>());
        Assert.Equal(message, JsonNode.Parse(body.ToJsonString())!.Text("Message"));
    }
}
