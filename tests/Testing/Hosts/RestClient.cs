using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace TekSipCloud.Testing.Hosts;

/// <summary>REST v1 as the console uses it: signed in by cookie. Paths are below <c>/api/v1/</c>.</summary>
public sealed class RestClient : IDisposable
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    /// <summary>A client that nobody signed in yet.</summary>
    public RestClient(Uri address)
    {
        Address = address;
        Http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false })
        {
            BaseAddress = address,
            Timeout = AnswerTime,
            DefaultRequestHeaders = { { "X-Requested-With", "console" } },
        };
    }

    /// <summary>The server.</summary>
    public Uri Address { get; }

    /// <summary>For what is not an answer with JSON.</summary>
    public HttpClient Http { get; }

    /// <summary>Signs in; the session's cookie is kept.</summary>
    public Task SignIn(string username, string password) => Post("session", new { username, password });

    /// <summary>Reads.</summary>
    public Task<JsonElement> Get(string path) => Send(HttpMethod.Get, path, body: null);

    /// <summary>Adds.</summary>
    public Task<JsonElement> Post(string path, object body) => Send(HttpMethod.Post, path, body);

    /// <summary>Replaces.</summary>
    public Task<JsonElement> Put(string path, object body) => Send(HttpMethod.Put, path, body);

    /// <summary>Changes in part.</summary>
    public Task<JsonElement> Patch(string path, object body) => Send(HttpMethod.Patch, path, body);

    /// <summary>Removes.</summary>
    public Task Delete(string path) => Send(HttpMethod.Delete, path, body: null);

    /// <summary>Every item of a list, page by page.</summary>
    public async Task<List<JsonElement>> GetAll(string path, int limit = 1000)
    {
        var items = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var more = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            var page = await Get($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={limit}{more}");
            items.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("cursor").GetString();
        }
        while (cursor is not null);

        return items;
    }

    public void Dispose() => Http.Dispose();

    private async Task<JsonElement> Send(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}");
        if (body is not null)
            request.Content = JsonContent.Create(body);

        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{method} {path}: {(int)response.StatusCode} {text}", inner: null, response.StatusCode);

        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
