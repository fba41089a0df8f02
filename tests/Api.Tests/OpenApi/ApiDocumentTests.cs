using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace TekSipCloud.Api.Tests.OpenApi;

/// <summary>The description of REST v1 that the console's client is generated from.</summary>
public sealed class ApiDocumentTests
{
    /// <summary>Set to 1 to write the file anew after a change of the API.</summary>
    private const string UpdateVariable = "UPDATE_OPENAPI";

    [Fact]
    public async Task The_frontends_copy_is_what_the_api_says_of_itself()
    {
        await using var host = await ApiHost.Start();
        var current = await host.Client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var file = CopyInFrontend();

        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
            await File.WriteAllTextAsync(file, current + "\n", TestContext.Current.CancellationToken);

        var kept = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(current), JsonNode.Parse(kept)),
            $"frontend/openapi.json is stale: run these tests with {UpdateVariable}=1.");
    }

    [Fact]
    public async Task It_is_an_openapi_3_1_document_that_trusts_no_host_header()
    {
        await using var host = await ApiHost.Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        request.Headers.Host = "evil.example";
        var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("3.1.", JsonNode.Parse(text)!["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", text, StringComparison.Ordinal);
    }

    private static string CopyInFrontend([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../frontend/openapi.json"));
}
