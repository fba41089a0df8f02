using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TekSipCloud.Contracts.Nodes;

namespace TekSipCloud.Api.Tests.Nodes;

/// <summary>What load balancers ask.</summary>
public sealed class HealthTests(Product product)
{
    [Fact]
    public async Task A_process_that_runs_is_live_whatever_is_away()
    {
        await using var host = await ApiHost.Start();
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/health/live", Cancel)).StatusCode);
    }

    [Fact]
    public async Task It_is_ready_when_everything_says_so()
    {
        await using var host = await StartWith(new Check("silo", null), new Check("storage", null));
        var answer = await host.Client.GetAsync("/health/ready", Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("ready", (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Storage_that_answers_is_ready()
    {
        using var balancer = product.Stranger();
        var answer = await balancer.GetJson("/health/ready");
        Assert.Contains("""{"name":"storage","isReady":true}""", answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_obstacle_makes_it_not_ready_and_is_not_told_to_strangers()
    {
        await using var host = await StartWith(new Check("silo", null), new Check("storage", "the key of account x is wrong"));
        var answer = await host.Client.GetAsync("/health/ready", Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("""{"name":"storage","isReady":false}""", text, StringComparison.Ordinal);
        Assert.DoesNotContain("account x", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_throws_is_an_obstacle()
    {
        await using var host = await StartWith(new Check("storage", "", new TimeoutException()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Client.GetAsync("/health/ready", Cancel)).StatusCode);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task<ApiHost> StartWith(params IReadinessCheck[] checks) => ApiHost.Start(services =>
    {
        foreach (var check in checks)
            services.AddSingleton(check);
    });

    private sealed class Check(string name, string? obstacle, Exception? failure = null) : IReadinessCheck
    {
        public string Name => name;

        public Task<string?> FindObstacle(CancellationToken cancel) =>
            failure is null ? Task.FromResult(obstacle) : Task.FromException<string?>(failure);
    }
}
