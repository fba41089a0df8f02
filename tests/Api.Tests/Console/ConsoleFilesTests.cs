using System.Net;

namespace TekSipCloud.Api.Tests.Console;

/// <summary>The console's files and pages.</summary>
public sealed class ConsoleFilesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("console-").FullName;

    public ConsoleFilesTests()
    {
        Directory.CreateDirectory(Path.Combine(_root, "assets"));
        File.WriteAllText(Path.Combine(_root, "index.html"), "<!doctype html><title>console</title>");
        File.WriteAllText(Path.Combine(_root, "assets", "index-1a2b3c.js"), "export {}");
    }

    [Fact]
    public async Task The_root_leads_to_the_console()
    {
        await using var host = await Start();
        var answer = await host.Client.GetAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/console/", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/console")]
    [InlineData("/console/")]
    [InlineData("/console/index.html")]
    [InlineData("/console/tenants/default/extensions")]
    [InlineData("/console/extensions/a.b")]
    public async Task Every_page_is_the_one_document_and_is_asked_for_anew(string path)
    {
        await using var host = await Start();
        var answer = await host.Client.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl!.NoCache);
        Assert.Contains("script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hashed_files_are_kept_for_good()
    {
        await using var host = await Start();
        var answer = await host.Client.GetAsync("/console/assets/index-1a2b3c.js", Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/console/assets/index-old.js")]
    [InlineData("/console/assets/..%2f..%2fsecret")]
    public async Task A_file_that_is_not_there_is_404_and_not_a_page(string path)
    {
        await using var host = await Start();
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync(path, Cancel)).StatusCode);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<ApiHost> Start() => ApiHost.Start(null, ("Console:Root", _root));
}
