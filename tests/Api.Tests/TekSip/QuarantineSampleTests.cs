using System.Text.Json.Nodes;
using TekSipCloud.Api.Http;

namespace TekSipCloud.Api.Tests.TekSip;

/// <summary>The manual's samples of <c>POST /quarantine</c>.</summary>
public sealed class QuarantineSampleTests(Product product)
{
    [Fact]
    public async Task Read_quarantine_entries()
    {
        using var api = await Connect("192.0.2.66");
        var entry = JsonNode.Parse(await api.Post("/quarantine", """{"APIPassword": "1234", "OperationType": 18}"""))!.AsArray().Single()!;

        Assert.Equal(["EntryDateTime", "Address", "UserAgent"], entry.AsObject().Select(member => member.Key));
        Assert.Matches(@"^/Date\(\d{13}\)/$", entry.Text("EntryDateTime"));
        Assert.Equal("192.0.2.66", entry.Text("Address"));
        Assert.Equal("Test", entry.Text("UserAgent"));
    }

    [Fact]
    public async Task Clear_one_quarantine_entry()
    {
        using var api = await Connect("192.0.2.66", "192.0.2.67");
        TekSipClient.AssertSame(
            """{"Operation": 19, "Success": true, "Message": "Quarantine entry '192.0.2.66' is cleared"}""",
            await api.Post("/quarantine", """{"APIPassword": "1234", "OperationType": 19, "Data": {"Address": "192.0.2.66"}}"""));
        Assert.Single(JsonNode.Parse(await api.Run("/quarantine", 18))!.AsArray());
    }

    [Fact]
    public async Task Clear_the_quarantine_table()
    {
        using var api = await Connect("192.0.2.66", "2001:db8::1");
        TekSipClient.AssertSame(
            """{"Operation": 19, "Success": true, "Message": "Quarantine table is cleared."}""",
            await api.Post("/quarantine", """{"APIPassword": "1234", "OperationType": 19}"""));
        Assert.Equal("[]", await api.Run("/quarantine", 18));
    }

    [Fact]
    public async Task An_entry_that_is_not_there_is_told()
    {
        using var api = await Connect();
        TekSipClient.AssertSame(
            """{"Operation": 19, "Success": false, "Message": "Quarantine entry '192.0.2.1' does not exist."}""",
            await api.Run("/quarantine", 19, """ "Address": "192.0.2.1" """));
    }

    private async Task<TekSipClient> Connect(params string[] blocked)
    {
        var tenant = await product.NewTenant();
        foreach (var address in blocked)
            await product.Grains.Quarantine(tenant).Add(address, "Test");

        return new(product, tenant);
    }
}
