using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TekSipCloud.Contracts.Events;

namespace TekSipCloud.Api.Tests.TekSip;

/// <summary>The manual's samples of <c>POST /log</c>.</summary>
public sealed class LogSampleTests(Product product)
{
    [Fact]
    public async Task Read_logs_in_the_order_of_time()
    {
        using var api = await Connect();
        var events = product.Services.GetRequiredService<IEventLog>();
        events.Write(api.Tenant, EventType.Information, "TekSIP Service is being stopped.");
        events.Write(api.Tenant, EventType.Warning, "TekSIP service is stopped.");

        var log = await ReadUntil(api, "TekSIP service is stopped.");
        var lines = log.TakeLast(2).ToArray();
        Assert.Equal(["TekSIP Service is being stopped.", "TekSIP service is stopped."], lines.Select(line => line!.Text("Message")));
        Assert.Equal(["Information", "Warning"], lines.Select(line => line!.Text("Type")));
        Assert.All(lines, line => Assert.Matches(@"^/Date\(\d{13}\)/$", line!.Text("EntryDateTime")));
        Assert.Equal(["EntryDateTime", "Type", "Message"], lines[0]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task Clear_logs()
    {
        using var api = await Connect();
        product.Services.GetRequiredService<IEventLog>().Write(api.Tenant, EventType.Information, "Soon gone.");
        await ReadUntil(api, "Soon gone.");

        TekSipClient.AssertSame(
            """{"Operation": 10, "Success": true, "Message": "Application log is cleared"}""",
            await api.Post("/log", """{"APIPassword": "1234", "OperationType": 10}"""));
        Assert.Equal("[]", await api.Run("/log", 9));
    }

    // Events are written soon, not at once.
    private static async Task<JsonArray> ReadUntil(TekSipClient api, string message)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            deadline.Token.ThrowIfCancellationRequested();
            var log = JsonNode.Parse(await api.Post("/log", """{"APIPassword": "1234", "OperationType": 9}"""))!.AsArray();
            if (log.Any(line => line!.Text("Message") == message))
                return log;
        }
    }

    private async Task<TekSipClient> Connect() => new(product, await product.NewTenant());
}
