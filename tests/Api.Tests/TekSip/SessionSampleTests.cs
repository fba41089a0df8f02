namespace TekSipCloud.Api.Tests.TekSip;

/// <summary>The manual's samples of <c>POST /sessions</c>.</summary>
public sealed class SessionSampleTests(Product product)
{
    [Fact]
    public async Task List_sessions()
    {
        using var api = await Connect();
        var first = await product.Open(api.Tenant, "102", "999", DateTimeOffset.FromUnixTimeMilliseconds(1681556602365));
        var second = await product.Open(api.Tenant, "103", "998", DateTimeOffset.FromUnixTimeMilliseconds(1681556612965));

        TekSipClient.AssertSame(
            $$"""
            [
              {"SessionId": "{{first.Id:N}}", "From": "102", "To": "999", "Established": "/Date(1681556605365)/"},
              {"SessionId": "{{second.Id:N}}", "From": "103", "To": "998", "Established": "/Date(1681556615965)/"}
            ]
            """,
            await api.Post("/sessions", """{"APIPassword": "1234", "OperationType": 7}"""));
    }

    [Fact]
    public async Task Terminate_session()
    {
        using var api = await Connect();
        var call = await product.Open(api.Tenant, "102", "999");

        TekSipClient.AssertSame(
            $$"""{"Operation": 8, "Success": true, "Message": "Hung up active call - ({{call.Id:N}})"}""",
            await api.Post("/sessions", $$"""{"APIPassword": "1234", "OperationType": 8, "Data": {"SessionId": "{{call.Id:N}}"} }"""));
        await product.HungUp.Of(call.Id);
    }

    [Theory]
    [InlineData("a4c4f7")]
    [InlineData("741223cc78ee4f4eb18ed8c6884712e2")]
    public async Task A_session_that_is_not_there_is_told(string sessionId)
    {
        using var api = await Connect();
        TekSipClient.AssertSame(
            $$"""{"Operation": 8, "Success": false, "Message": "There is no active call - ({{sessionId}})"}""",
            await api.Run("/sessions", 8, $$""" "Data": {"SessionId": "{{sessionId}}"} """));
    }

    [Fact]
    public async Task A_call_of_another_tenant_can_neither_be_seen_nor_ended()
    {
        using var api = await Connect();
        var call = await product.Open(await product.NewTenant(), "102", "999");

        Assert.Equal("[]", await api.Run("/sessions", 7));
        Assert.Contains("\"Success\":false", await api.Run("/sessions", 8, $$""" "SessionId": "{{call.Id:N}}" """), StringComparison.Ordinal);
    }

    private async Task<TekSipClient> Connect() => new(product, await product.NewTenant());
}
