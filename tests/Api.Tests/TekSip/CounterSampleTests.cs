using System.Text.Json.Nodes;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Counters;

namespace TekSipCloud.Api.Tests.TekSip;

/// <summary>The manual's samples of <c>POST /counters</c>.</summary>
public sealed class CounterSampleTests(Product product)
{
    [Fact]
    public async Task Read_counters()
    {
        using var api = await Connect();
        await Report(api);
        var counters = JsonNode.Parse(await api.Post("/counters", """{"APIPassword": "1234", "OperationType": 11}"""))!.AsArray();

        Assert.Equal(CounterNames.All, counters.Select(counter => counter!.Text("Name")));
        Assert.Equal("""{"Name":"Number of Active Registrations","Value":"1"}""", counters[0]!.ToJsonString());
        Assert.Equal("""{"Name":"Number of RADIUS Accounting Timeouts","Value":"0"}""", counters[14]!.ToJsonString());
        Assert.Equal("40", counters[(int)Counter.RequestsReceived]!.Text("Value"));
    }

    [Fact]
    public async Task Clear_counters_but_not_levels()
    {
        using var api = await Connect();
        await Report(api);
        TekSipClient.AssertSame(
            """{"Operation": 12, "Success": true, "Message": "Counters are cleared"}""",
            await api.Post("/counters", """{"APIPassword": "1234", "OperationType": 12}"""));

        var counters = JsonNode.Parse(await api.Run("/counters", 11))!.AsArray();
        Assert.Equal("1", counters[(int)Counter.ActiveRegistrations]!.Text("Value"));
        Assert.Equal("0", counters[(int)Counter.RequestsReceived]!.Text("Value"));
    }

    private Task Report(TekSipClient api)
    {
        var values = new long[CounterNames.All.Length];
        values[(int)Counter.ActiveRegistrations] = 1;
        values[(int)Counter.RequestsReceived] = 40;
        return product.Grains.Counters(api.Tenant).Report(product.Node.Name, product.Node.Incarnation, [.. values]);
    }

    private async Task<TekSipClient> Connect() => new(product, await product.NewTenant());
}
