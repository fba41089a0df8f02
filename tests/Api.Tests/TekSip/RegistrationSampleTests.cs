using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TekSipCloud.Contracts.Destinations;

namespace TekSipCloud.Api.Tests.TekSip;

/// <summary>The manual's samples of <c>POST /registrations</c>.</summary>
public sealed partial class RegistrationSampleTests(Product product)
{
    [Fact]
    public async Task List_registrations()
    {
        using var api = await Connect();
        await product.Register(api.Tenant, "102", 63793);
        await product.Register(api.Tenant, "999", 50765, Transport.Tcp, "TekIVR/v2.7.4");

        var answer = await api.Post("/registrations", """{"APIPassword": "1234", "OperationType": 16}""");
        Assert.All(JsonNode.Parse(answer)!.AsArray(), item => Assert.Matches(TekSipDate(), item!.Text("Expires")));
        TekSipClient.AssertSame(
            """
            [
              {"EndpointId": "102", "UserAgent": "MicroSIP/3.21.3", "IPAddress": "192.0.2.51", "Port": 63793, "Transport": 1,
               "Expires": "/Date(0)/", "Status": "online"},
              {"EndpointId": "999", "UserAgent": "TekIVR/v2.7.4", "IPAddress": "192.0.2.51", "Port": 50765, "Transport": 2,
               "Expires": "/Date(0)/", "Status": "online"}
            ]
            """,
            TekSipDate().Replace(answer, "/Date(0)/"));
    }

    [Fact]
    public async Task Terminate_registration_is_reported_as_the_success_it_is()
    {
        using var api = await Connect();
        await product.Register(api.Tenant, "999", 50765);
        TekSipClient.AssertSame(
            """{"Operation": 17, "Success": true, "Message": "Registration for 999 is cleared "}""",
            await api.Post("/registrations", """{"APIPassword": "1234", "OperationType": 17, "Data": {"ExtensionId": "999"}}"""));
        Assert.Equal("[]", await api.Run("/registrations", 16));
    }

    [Fact]
    public async Task Without_an_extension_all_registrations_are_cleared()
    {
        using var api = await Connect();
        await product.Register(api.Tenant, "102", 63793);
        await product.Register(api.Tenant, "999", 50765);
        TekSipClient.AssertSame(
            """{"Operation": 17, "Success": true, "Message": "Registrations are cleared"}""", await api.Run("/registrations", 17));
        Assert.Equal("[]", await api.Run("/registrations", 16));
    }

    [Fact]
    public async Task An_extension_that_is_not_registered_is_told()
    {
        using var api = await Connect();
        TekSipClient.AssertSame(
            """{"Operation": 17, "Success": false, "Message": "There is no registration for 5."}""",
            await api.Run("/registrations", 17, """ "ExtensionId": 5 """));
    }

    [GeneratedRegex(@"/Date\(\d{13}\)/", RegexOptions.None, 1000)]
    private static partial Regex TekSipDate();

    private async Task<TekSipClient> Connect() => new(product, await product.NewTenant());
}
