using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tests.TekSip;

/// <summary>Speaks the TekSIP-compatible API for one tenant.</summary>
internal sealed class TekSipClient(Product product, TenantId tenant) : IDisposable
{
    private readonly HttpClient _http = product.Stranger();

    public TenantId Tenant => tenant;

    /// <summary>Posts a sample of the manual, with this installation's API password, and gives the answer's text.</summary>
    public async Task<string> Post(string path, string sample)
    {
        var answer = await Send(path, sample.Replace("\"APIPassword\": \"1234\"", $"\"APIPassword\": \"{Product.ApiPassword}\"", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Runs an operation with these members.</summary>
    public Task<string> Run(string path, int operation, string members = "") =>
        Post(path, $$"""{"APIPassword": "1234", "OperationType": {{operation}}{{(members.Length > 0 ? ", " + members : "")}}}""");

    public Task<HttpResponseMessage> Send(string path, string body) => _http.PostAsync(
        $"/t/{tenant}{path}", new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    /// <summary>Compares two texts as JSON, the order of the members included.</summary>
    public static void AssertSame(string expected, string actual) =>
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), JsonNode.Parse(actual)!.ToJsonString());

    public void Dispose() => _http.Dispose();
}
