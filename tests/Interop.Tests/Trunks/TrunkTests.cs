using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Trunks;

/// <summary>Calls to and from a carrier (the manual, Routing). The carrier has a loopback address of its own.</summary>
public sealed class TrunkTests(HostFixture fixture)
{
    private const string Carrier = "127.0.0.7";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_number_with_a_routes_prefix_goes_to_the_destination_translated_as_set()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "out");
        await tenant.AddExtension("1001", allowExternalCalls: true);
        await using var carrier = await Sipp.Start(Scenarios.Of("answer", host, tenant) with { Address = Carrier });
        await AddCarrier(tenant, carrier.Port);

        var call = Scenarios.Of("call", host, tenant, "95551234") with { Lines = [Scenarios.Line("1001")] };
        var called = await Sipp.Run(call, Deadline);
        await carrier.Finish(Deadline);

        Assert.Equal(1, called.Successful);
        Assert.Contains($"INVITE sip:0045551234@{Carrier}:{carrier.Port} SIP/2.0", carrier.ReadMessages(), StringComparison.Ordinal);
        var record = Assert.Single(await tenant.AwaitHistory()).GetProperty("call");
        Assert.Equal("Carrier", record.GetProperty("destination").GetString());
    }

    [Fact]
    public async Task An_extension_that_may_not_call_outside_takes_no_route()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "inside");
        await tenant.AddExtension("1001");
        await AddCarrier(tenant, port: 5060);

        var call = Scenarios.Of("call-refused", host, tenant, "95551234") with { Lines = [Scenarios.Line("1001")] };
        Assert.Equal(1, (await Sipp.Run(call, Deadline)).Successful);
    }

    [Fact]
    public async Task A_carrier_calls_an_extension_without_digest()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "in");
        await tenant.AddExtension("1001");
        await AddCarrier(tenant, port: 5060);
        await using var callee = await Sipp.Start(Scenarios.Of("answer", host, tenant));
        await Scenarios.Register(host, tenant, "1001", callee.Port);

        var called = await Sipp.Run(Scenarios.Of("trunk-call", host, tenant, "1001") with { Address = Carrier }, Deadline);
        await callee.Finish(Deadline);

        Assert.Equal(1, called.Successful);
        var record = Assert.Single(await tenant.AwaitHistory()).GetProperty("call");
        Assert.Equal("destination", record.GetProperty("caller").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_carrier_reaches_no_route()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "relay");
        await AddCarrier(tenant, port: 5060);

        var refused = await Sipp.Run(Scenarios.Of("trunk-refused", host, tenant, "95551234") with { Address = Carrier }, Deadline);
        Assert.Equal(1, refused.Successful);
    }

    /// <summary>9 and a number goes out as 004 and the number; by operations 1 and 4.</summary>
    private static async Task AddCarrier(TestTenant tenant, int port)
    {
        await tenant.TekSip.Do("routing", 1, new
        {
            Data = new { Name = "Carrier", Type = 1, Gateway = Carrier, Port = port, Transport = 1, RemovePrefix = true, AddPrefix = "004", Enabled = true },
        });
        await tenant.TekSip.Do("routing", 4, new { Data = new { Prefix = "9", Destination = "Carrier", Order = 0, Enabled = true } });
    }
}
