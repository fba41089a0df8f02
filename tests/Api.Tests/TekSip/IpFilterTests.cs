namespace TekSipCloud.Api.Tests.TekSip;

/// <summary>Operations 20 to 22, of which the manual gives the numbers and names only (Types).</summary>
public sealed class IpFilterTests(Product product)
{
    [Theory]
    [InlineData("\"Drop\"")]
    [InlineData("\"drop\"")]
    [InlineData("3")]
    public async Task A_filter_is_added_listed_and_removed(string action)
    {
        using var api = await Connect();
        TekSipClient.AssertSame(
            """{"Operation": 20, "Success": true, "Message": "IP filter entry '10.0.0.0/8' is added."}""",
            await api.Run("/ipfilters", 20, $$""" "Address": "10.0.0.0/8", "Action": {{action}}, "Order": 2 """));
        TekSipClient.AssertSame("""[{"Address": "10.0.0.0/8", "Action": "Drop", "Order": 2}]""", await api.Run("/ipfilters", 22));
        TekSipClient.AssertSame(
            """{"Operation": 21, "Success": true, "Message": "IP filter entry '10.0.0.0/8' is deleted."}""",
            await api.Run("/ipfilters", 21, """ "Data": {"Address": "10.0.0.0/8"} """));
        Assert.Equal("[]", await api.Run("/ipfilters", 22));
    }

    [Theory]
    [InlineData(20, """ "Address": "10.0.0.0/8" """, "Cannot apply changes; enter minimum configuration: Action is missing.")]
    [InlineData(20, """ "Address": "10.0.0.0/8", "Action": "Explode" """, "Action must be one of Allow, Bypass, Trust, Drop.")]
    [InlineData(21, """ "Address": "10.0.0.0/8" """, "IP filter entry '10.0.0.0/8' does not exist.")]
    public async Task What_can_not_be_done_is_told(int operation, string members, string message)
    {
        using var api = await Connect();
        TekSipClient.AssertSame(
            $$"""{"Operation": {{operation}}, "Success": false, "Message": "{{message}}"}""",
            await api.Run("/ipfilters", operation, members));
    }

    private async Task<TekSipClient> Connect() => new(product, await product.NewTenant());
}
