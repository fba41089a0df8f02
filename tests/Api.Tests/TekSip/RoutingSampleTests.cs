namespace TekSipCloud.Api.Tests.TekSip;

/// <summary>The manual's samples of <c>POST /routing</c>.</summary>
public sealed class RoutingSampleTests(Product product)
{
    private const string AddDestination = """
        {
          "APIPassword": "1234",
          "OperationType": "AddDestination",
          "Username": "",
          "AuthUsername": "",
          "Password": "",
          "Register": false,
          "Timeout": 3600,
          "Domain": "192.168.3.1",
          "Gateway": "192.168.3.1",
          "Port": 5060, "Transport": 1,
          "Capacity": 500,
          "Ping": false, "Enabled": true,
          "RemovePrefix": false,
          "MediaEncryption": false,
          "AddPrefix": "",
          "TranslationProfile": "Default",
          "Type": 2,
          "Name": "Proxy2"
        }
        """;

    [Fact]
    public async Task Add_destination()
    {
        using var api = await Connect();
        TekSipClient.AssertSame(
            """{"Operation": 1, "Success": true, "Message": "Destination is added"}""",
            await api.Post("/routing", AddDestination));
    }

    [Fact]
    public async Task A_destination_that_is_saved_again_stays_trusted()
    {
        // What this API has no words for stays as it is.
        using var api = await Connect();
        using var admin = await product.Program(api.Tenant);
        var path = $"/api/v1/tenants/{api.Tenant}/destinations/Proxy2";
        await admin.Send("PUT", path, new { name = "Proxy2", gateway = "192.168.3.1", trusted = true });

        await api.Post("/routing", AddDestination);

        Assert.True((await admin.GetJson(path))["trusted"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Delete_destination()
    {
        using var api = await Connect();
        await api.Post("/routing", AddDestination);
        TekSipClient.AssertSame(
            """{"Operation": 2, "Success": true, "Message": "Destination entry 'Proxy2' is deleted."}""",
            await api.Post("/routing", """{"APIPassword": "1234", "OperationType": 2, "Data": {"Name": "Proxy2"}}"""));
        Assert.Equal("[]", await api.Run("/routing", 3));
    }

    [Fact]
    public async Task List_destinations_by_name()
    {
        using var api = await Connect();
        await api.Post("/routing", AddDestination);
        await api.Post("/routing", AddDestination.Replace("Proxy2", "94777552555", StringComparison.Ordinal));
        await api.Post("/routing", AddDestination.Replace("Proxy2", "Deneme 3", StringComparison.Ordinal));

        TekSipClient.AssertSame(
            """["94777552555", "Deneme 3", "Proxy2"]""",
            await api.Post("/routing", """{"APIPassword": "1234", "OperationType": 3}"""));
    }

    [Fact]
    public async Task Read_one_destination()
    {
        using var api = await Connect();
        await api.Post("/routing", AddDestination.Replace("\"Password\": \"\"", "\"Password\": \"secret\"", StringComparison.Ordinal));

        TekSipClient.AssertSame(
            """
            {
              "Username": "", "AuthUsername": "", "Password": "", "Register": false, "Timeout": 3600, "Domain": "192.168.3.1",
              "Gateway": "192.168.3.1", "Port": 5060, "Transport": 1, "Capacity": 500, "Ping": false, "Enabled": true,
              "RemovePrefix": false, "MediaEncryption": false, "AddPrefix": "", "TranslationProfile": "Default", "Type": 2, "Name": "Proxy2"
            }
            """,
            await api.Post("/routing", """{"APIPassword": "1234", "OperationType": 3, "Data": {"Name": "Proxy2"}}"""));
    }

    [Fact]
    public async Task Add_route_to_a_destination_that_is_not_there()
    {
        using var api = await Connect();
        TekSipClient.AssertSame(
            """{"Operation": 4, "Success": false, "Message": "Specified destination does not exist."}""",
            await api.Post("/routing", """{"APIPassword": "1234", "OperationType": "AddRoute", "Prefix": "2000", "Destination": "X", "Enabled": true}"""));
    }

    [Fact]
    public async Task Add_route()
    {
        using var api = await Connect();
        await api.Post("/routing", AddDestination);
        TekSipClient.AssertSame(
            """{"Operation": 4, "Success": true, "Message": "Route entry is added for prefix '2000'."}""",
            await api.Post("/routing", """{"APIPassword": "1234", "OperationType": "AddRoute", "Prefix": "2000", "Destination": "Proxy2", "Enabled": true}"""));
    }

    [Fact]
    public async Task Delete_route()
    {
        using var api = await Connect();
        await api.Post("/routing", AddDestination);
        await api.Run("/routing", 4, """ "Prefix": "tset", "Destination": "Proxy2" """);
        TekSipClient.AssertSame(
            """{"Operation": 5, "Success": true, "Message": "Route entry is deleted"}""",
            await api.Post("/routing", """{"APIPassword": "1234", "OperationType": 5, "Data": {"Prefix": "tset"}}"""));
        Assert.Equal("[]", await api.Run("/routing", 6));
    }

    [Fact]
    public async Task List_routes()
    {
        using var api = await Connect();
        await api.Post("/routing", AddDestination.Replace("Proxy2", "94777552555", StringComparison.Ordinal));
        await api.Run("/routing", 4, """ "Prefix": "15199132345", "Destination": "94777552555", "Order": 0 """);
        await api.Run("/routing", 4, """ "Prefix": "tset", "Destination": "94777552555", "Order": 1 """);

        TekSipClient.AssertSame(
            """
            [
              {"Order": 0, "Prefix": "15199132345", "Destination": "94777552555", "Enabled": true},
              {"Order": 1, "Prefix": "tset", "Destination": "94777552555", "Enabled": true}
            ]
            """,
            await api.Post("/routing", """{"APIPassword": "1234", "OperationType": 6}"""));
    }

    [Fact]
    public async Task A_second_add_of_a_route_updates_it()
    {
        using var api = await Connect();
        await api.Post("/routing", AddDestination);
        await api.Run("/routing", 4, """ "Prefix": "2000", "Destination": "Proxy2", "Order": 3 """);
        await api.Run("/routing", 4, """ "Prefix": "2000", "Destination": "Proxy2", "Enabled": "false" """);

        TekSipClient.AssertSame(
            """[{"Order": 3, "Prefix": "2000", "Destination": "Proxy2", "Enabled": false}]""", await api.Run("/routing", 6));
    }

    [Fact]
    public async Task An_empty_password_keeps_the_stored_one()
    {
        using var api = await Connect();
        await api.Post("/routing", AddDestination.Replace("\"Password\": \"\"", "\"Password\": \"secret\"", StringComparison.Ordinal));
        await api.Post("/routing", AddDestination);

        using var rest = await product.Program(api.Tenant);
        var kept = await rest.GetJson($"/api/v1/tenants/{api.Tenant}/destinations/Proxy2");
        Assert.True(kept["hasPassword"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("off", "true", "required")]
    [InlineData("required", "false", "off")]
    [InlineData("preferred", "false", "preferred")]
    [InlineData("preferred", "true", "required")]
    [InlineData("dtls", "true", "dtls")]
    [InlineData("dtls", "false", "off")]
    public async Task Media_encryption_is_required_or_not_and_how_stays(string before, string said, string after)
    {
        using var api = await Connect();
        using var rest = await product.Program(api.Tenant);
        var path = $"/api/v1/tenants/{api.Tenant}/destinations/Proxy2";
        await rest.Send("PUT", path, new { name = "Proxy2", gateway = "192.168.3.1", mediaEncryption = before });

        await api.Post("/routing", AddDestination.Replace("\"MediaEncryption\": false", $"\"MediaEncryption\": {said}", StringComparison.Ordinal));

        Assert.Equal(after, (await rest.GetJson(path))["mediaEncryption"]!.GetValue<string>());
        Assert.Contains(
            $"\"MediaEncryption\":{(after is "required" or "dtls" ? "true" : "false")}",
            (await api.Run("/routing", 3, """ "Name": "Proxy2" """)).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, """ "Name": "Nobody" """, "Specified destination does not exist.")]
    [InlineData(3, """ "Name": "Nobody" """, "Specified destination does not exist.")]
    [InlineData(5, """ "Prefix": "999" """, "Specified route does not exist.")]
    [InlineData(1, """ "Gateway": "192.0.2.1" """, "Cannot apply changes; enter minimum configuration: Name is missing.")]
    [InlineData(1, """ "Name": "X", "Gateway": "192.0.2.1", "Port": "abc" """, "Port must be a whole number.")]
    [InlineData(4, """ "Prefix": "2000" """, "Cannot apply changes; enter minimum configuration: Destination is missing.")]
    [InlineData(5, "", "Cannot apply changes; enter minimum configuration: Prefix is missing.")]
    public async Task What_can_not_be_done_is_told(int operation, string members, string message)
    {
        using var api = await Connect();
        TekSipClient.AssertSame(
            $$"""{"Operation": {{operation}}, "Success": false, "Message": "{{message}}"}""",
            await api.Run("/routing", operation, members));
    }

    [Fact]
    public async Task An_invalid_destination_is_refused_with_the_field()
    {
        using var api = await Connect();
        Assert.Contains("Port", await api.Run("/routing", 1, """ "Name": "X", "Gateway": "192.0.2.1", "Port": 70000 """), StringComparison.Ordinal);
        Assert.Equal("[]", await api.Run("/routing", 3));
    }

    private async Task<TekSipClient> Connect() => new(product, await product.NewTenant());
}
