using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Networks;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>A real phone behind a real NAT, in network namespaces: RFC 3581, registered flows, keep-alives, latched audio.</summary>
public sealed class NatTests(HostFixture fixture)
{
    private const int InsideTone = 440;
    private const int OutsideTone = 1000;
    private const int Pings = 2;
    private const int ShortMemory = 2;
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);

    /// <summary>The first is due within 30 s, as long as the gateway has not heard of the tenant's own choice.</summary>
    private static readonly TimeSpan PingTime = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_phone_behind_a_NAT_calls_and_is_called(bool isSymmetric)
    {
        await using var nat = await NatNetwork.Create(isSymmetric);
        await using var host = await HostProcess.Start(fixture.Azurite, new() { Bind = "0.0.0.0", Environment = Named(nat.ServerAddress) });
        using var tenant = await TestTenant.Create(host, "nat");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await tenant.Change("keepAlivePeriodSeconds", 5);
        await using var inside = await Baresip.Start(host.Account(tenant, "1001") with { Hertz = InsideTone, Place = Inside(nat) });
        await using var outside = await Baresip.Start(host.Account(tenant, "1002") with { Hertz = OutsideTone, Place = new(nat.ServerAddress) });
        var registration = (await host.Rest.GetAll(tenant.Path("registrations"))).Single(r => r.GetProperty("username").GetString() == "1001");
        Assert.Equal(nat.OutsideAddress, registration.GetProperty("address").GetString());
        Assert.Contains(NatNetwork.PhoneAddress, registration.GetProperty("contact").GetString()!, StringComparison.Ordinal);

        await Poll.Until("the NAT lets keep-alives in", nat.CountKeepAlives, count => count >= Pings, PingTime);
        await outside.Dial("1001");
        await TheyTalk(inside, outside);
        await outside.HangUp();
        await Task.WhenAll(inside.Await("CALL_CLOSED"), outside.Await("CALL_CLOSED"));

        await inside.Dial("1002");
        await TheyTalk(inside, outside);
        await outside.HangUp();
        await inside.Await("CALL_CLOSED");
    }

    /// <summary>What the keep-alives are for: a NAT that heard nothing for a while lets nobody in.</summary>
    [Fact]
    public async Task Without_keep_alives_the_way_in_closes_and_the_phone_is_not_reached()
    {
        await using var nat = await NatNetwork.Create(isSymmetric: false, memorySeconds: ShortMemory);
        await using var host = await HostProcess.Start(fixture.Azurite, new() { Bind = "0.0.0.0", Environment = Named(nat.ServerAddress) });
        using var tenant = await TestTenant.Create(host, "nat");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await tenant.Change("keepAlive", "off");
        await tenant.Change("ringTimeoutSeconds", 5);
        await using var inside = await Baresip.Start(host.Account(tenant, "1001") with { Place = Inside(nat) });
        await using var outside = await Baresip.Start(host.Account(tenant, "1002") with { Place = new(nat.ServerAddress) });

        await Poll.Until("the NAT remembers no flow", nat.CountFlows, count => count == 0, PingTime);
        await outside.Dial("1001");
        await outside.Await("CALL_CLOSED");

        Assert.DoesNotContain(inside.Trace, line => line.StartsWith("INVITE ", StringComparison.Ordinal));
        Assert.Equal(2, (await host.Rest.GetAll(tenant.Path("registrations"))).Count);
        Assert.Equal(0, await nat.CountKeepAlives());
    }

    private static async Task TheyTalk(Baresip inside, Baresip outside)
    {
        await Task.WhenAll(inside.Await("CALL_ESTABLISHED"), outside.Await("CALL_ESTABLISHED"));
        await Task.WhenAll(inside.AwaitTone(OutsideTone, Talk), outside.AwaitTone(InsideTone, Talk));
    }

    private static Dictionary<string, string?> Named(string address) => new() { ["Gateway__External"] = address };

    private static PhonePlace Inside(NatNetwork nat) => new(NatNetwork.PhoneAddress)
    {
        ServerAddress = nat.ServerAddress,
        ControlAddress = nat.ControlAddress,
        Namespace = nat.PhoneNamespace,
    };
}
