using System.Net;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tests.Calls;

/// <summary><c>…/calls</c>, the history and the chart.</summary>
public sealed class CallTests(Product product)
{
    [Fact]
    public async Task A_call_in_progress_is_listed_read_and_hung_up()
    {
        var (client, tenant, path) = await Connect();
        var call = await product.Open(tenant, "102", "999");

        var listed = (await client.GetJson(path))["items"]!.AsArray().Single()!;
        Assert.Equal(call.Id.ToString(), listed.Text("id"));
        Assert.Equal("answered", listed.Text("state"));
        Assert.Equal("102", listed["caller"]!.Text("number"));
        Assert.Equal("extension", (await client.GetJson($"{path}/{call.Id}"))["callee"]!.Text("kind"));

        Assert.Equal(HttpStatusCode.NoContent, (await client.Send("DELETE", $"{path}/{call.Id:N}")).StatusCode);
        await product.HungUp.Of(call.Id);
    }

    [Fact]
    public async Task How_a_call_goes_is_asked_of_its_gateway()
    {
        var (client, tenant, path) = await Connect();
        var call = await product.Open(tenant, "102", "999");
        var gateway = product.Grains.GetGrain<IGatewayGrain>(product.Node.Name);
        var progress = new CallProgress(
            new(500, 86000, 498, 85656, 2, 1.5, 0, "PCMU", Quality: new(1, 2, 30.5, 3, 0.25, 4.3, 4.2)),
            null,
            [new(call.Started, "media", "No RTP has come from the callee.")]);
        product.HungUp.Progress = (id, ticket) => gateway.TakeProgress(ticket, id == call.Id ? progress : null);

        var body = await client.GetJson($"{path}/{call.Id}/progress");

        var media = body["callerMedia"]!;
        Assert.Equal(
            (1, 2, 30.5, 3, 0.25, 4.3, 4.2),
            (Number("duplicates"), Number("reordered"), Number("roundTripMilliseconds"), Number("lostToParty"), Number("jitterAtPartyMilliseconds"), Number("mosReceived"), Number("mosSent")));
        Assert.Null(body["calleeMedia"]);
        Assert.Equal("media", body["decisions"]!.AsArray().Single()!.Text("step"));

        var other = await product.Open(tenant, "102", "998");
        await (await client.Send("GET", $"{path}/{other.Id}/progress")).Problem(404);
        await (await client.Send("GET", $"{path}/{Guid.CreateVersion7()}/progress")).Problem(404);

        double Number(string name) => media[name]!.GetValue<double>();
    }

    [Fact]
    public async Task A_call_that_is_not_there_is_404()
    {
        var (client, _, path) = await Connect();
        var id = Guid.CreateVersion7();
        await (await client.Send("GET", $"{path}/{id}")).Problem(404);
        await (await client.Send("DELETE", $"{path}/{id}")).Problem(404);
        await (await client.Send("GET", $"{path}/history/{id}")).Problem(404);
        await (await client.Send("GET", $"{path}/not-an-id")).Problem(404);
    }

    [Fact]
    public async Task A_finished_call_is_in_the_history_with_figures_and_decisions()
    {
        var (client, tenant, path) = await Connect();
        var call = await product.Finish(tenant, "102", "999");

        var record = (await client.GetJson($"{path}/history"))["items"]!.AsArray().Single()!;
        Assert.Equal(10, record["durationSeconds"]!.GetValue<double>());
        Assert.Equal("caller", record.Text("endedBy"));

        var details = await client.GetJson($"{path}/history/{call.Id}");
        Assert.Equal(500, details["callerMedia"]!["packetsReceived"]!.GetValue<long>());
        Assert.Null(details["calleeMedia"]);
        Assert.Equal("By its domain.", details["decisions"]!.AsArray().Single()!.Text("text"));
        Assert.Empty((await client.GetJson(path))["items"]!.AsArray());
    }

    [Fact]
    public async Task The_history_is_searched_by_time_and_number_and_paged()
    {
        var (client, tenant, path) = await Connect();
        var noon = new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 5; i++)
            await product.Finish(tenant, $"10{i}", "999", noon.AddMinutes(i));

        var first = await client.GetJson($"{path}/history?limit=3");
        var second = await client.GetJson($"{path}/history?limit=3&cursor={Uri.EscapeDataString(first.Text("cursor"))}");
        Assert.Equal(
            ["104", "103", "102", "101", "100"],
            first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(call => call!["caller"]!.Text("number")));

        Assert.Equal(["102"], await Numbers(client, $"{path}/history?number=102"));
        Assert.Equal(["102", "101"], await Numbers(client, $"{path}/history?from=2026-01-05T12:01:00Z&to=2026-01-05T12:03:00Z"));
        Assert.Equal(["102", "101"], await Numbers(client, $"{path}/history?from=2026-01-05T13:01:00%2B01:00&to=2026-01-05T12:03:00Z"));
        Assert.Equal(["from"], (await (await client.Send("GET", $"{path}/history?from=yesterday")).Problem(400)).Fields());
    }

    [Fact]
    public async Task The_chart_counts_by_the_hour_without_gaps()
    {
        var (client, tenant, path) = await Connect();
        var now = TimeProvider.System.GetUtcNow();
        await product.Finish(tenant, "101", "102", now.AddMinutes(-1));
        await product.Finish(tenant, "101", "103", now.AddHours(-2));
        await product.Finish(tenant, "101", "104", now.AddHours(-30));

        var chart = await client.GetJson($"{path}/chart");
        var buckets = chart["buckets"]!.AsArray();
        Assert.Equal(24, buckets.Count);
        Assert.Equal(2, buckets.Sum(bucket => bucket!["answered"]!.GetValue<int>()));
        Assert.True(chart["isComplete"]!.GetValue<bool>());
        Assert.Equal(["hours"], (await (await client.Send("GET", $"{path}/chart?hours=0")).Problem(400)).Fields());
    }

    private static async Task<IEnumerable<string>> Numbers(HttpClient client, string path) =>
        (await client.GetJson(path))["items"]!.AsArray().Select(call => call!["caller"]!.Text("number"));

    private async Task<(HttpClient Client, TenantId Tenant, string Path)> Connect()
    {
        var tenant = await product.NewTenant();
        return (await product.Program(tenant), tenant, $"/api/v1/tenants/{tenant}/calls");
    }
}
