using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TekSipCloud.Testing.Hosts;

/// <summary>The TekSIP-compatible API of one tenant.</summary>
/// <param name="address">The server.</param>
/// <param name="path">Put before the operations' paths: empty, or <c>/t/</c> and a tenant.</param>
/// <param name="password">The API password.</param>
public sealed class TekSipClient(Uri address, string path, string password) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Runs an operation.</summary>
    /// <param name="group">The path, such as <c>extensions</c>.</param>
    /// <param name="operation">Its number.</param>
    /// <param name="fields">Further members of the request.</param>
    public async Task<JsonElement> Run(string group, int operation, object? fields = null)
    {
        using var response = await Post(group, operation, fields);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Runs an operation that must succeed.</summary>
    public async Task Do(string group, int operation, object fields)
    {
        var answer = await Run(group, operation, fields);
        if (!answer.GetProperty("Success").GetBoolean())
            throw new InvalidOperationException($"Operation {operation}: {answer}");
    }

    /// <summary>Sends an operation, whatever comes of it.</summary>
    public Task<HttpResponseMessage> Post(string group, int operation, object? fields = null)
    {
        var body = JsonSerializer.SerializeToNode(fields ?? new { })!.AsObject();
        body["APIPassword"] = password;
        body["OperationType"] = operation;
        return _http.PostAsJsonAsync<JsonNode>($"{path}/{group}", body);
    }

    public void Dispose() => _http.Dispose();
}
