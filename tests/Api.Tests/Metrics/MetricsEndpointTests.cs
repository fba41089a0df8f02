namespace TekSipCloud.Api.Tests.Metrics;

/// <summary><c>GET /metrics</c>.</summary>
public sealed class MetricsEndpointTests(Product product)
{
    [Fact]
    public async Task A_collector_on_this_machine_reads_what_the_process_did()
    {
        using var collector = product.Stranger();
        await collector.Send("GET", "/health/live");
        var answer = await collector.Send("GET", "/metrics");
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("# TYPE http_server_request_duration_seconds histogram\n", text, StringComparison.Ordinal);
        Assert.Contains("http_route=\"/health/live\"", text, StringComparison.Ordinal);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_through_a_proxy_must_be_an_operator()
    {
        using var stranger = product.Stranger();
        stranger.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.1");
        await (await stranger.Send("GET", "/metrics")).Problem(403);

        using var console = await product.Operator();
        console.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.1");
        Assert.True((await console.Send("GET", "/metrics")).IsSuccessStatusCode);
    }
}
