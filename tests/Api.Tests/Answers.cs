using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TekSipCloud.Api.Tests;

/// <summary>Short ways to send and to read.</summary>
internal static class Answers
{
    public static async Task<JsonNode> Json(this HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancel))!;

    public static async Task<JsonNode> GetJson(this HttpClient client, string path)
    {
        var answer = await client.GetAsync(path, Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"GET {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancel)}");
        return await answer.Json();
    }

    public static Task<HttpResponseMessage> Send(
        this HttpClient client, string method, string path, object? body = null, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return client.SendAsync(request, Cancel);
    }

    /// <summary>Checks that it is 200, and gives what came.</summary>
    public static async Task<JsonNode> Ok(this HttpResponseMessage answer)
    {
        Assert.True(answer.StatusCode == System.Net.HttpStatusCode.OK, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancel)}");
        return await answer.Json();
    }

    /// <summary>Checks that it is a problem with this status, and gives it.</summary>
    public static async Task<JsonNode> Problem(this HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(status == (int)answer.StatusCode, $"{status} expected, {(int)answer.StatusCode} came: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal(status, problem["status"]!.GetValue<int>());
        Assert.NotEmpty(problem["detail"]!.GetValue<string>());
        return problem;
    }

    /// <summary>The fields that a problem names.</summary>
    public static IEnumerable<string> Fields(this JsonNode problem) => problem["errors"]!.AsObject().Select(error => error.Key);

    public static string Text(this JsonNode node, string member) => node[member]!.GetValue<string>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
