using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Registrations;

/// <summary>Registrations of a real phone.</summary>
public sealed class RegistrationTests(HostFixture fixture)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_phone_with_a_wrong_password_is_refused()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "wrong");
        await tenant.AddExtension("1001");

        await using var phone = await Baresip.Launch(host.Account(tenant, "1001") with { Password = "wrong" });
        await phone.AwaitLine("403 Forbidden");

        Assert.Empty(await host.Rest.GetAll(tenant.Path("registrations")));
    }

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    [InlineData("tls")]
    public async Task A_phone_that_is_switched_off_unregisters(string transport)
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "off");
        await tenant.AddExtension("1001");

        await using (var phone = await Baresip.Start(host.Account(tenant, "1001", transport)))
        {
            var registration = Assert.Single(await host.Rest.GetAll(tenant.Path("registrations")));
            Assert.Equal(transport, registration.GetProperty("transport").GetString());
            Assert.Contains("baresip", registration.GetProperty("userAgent").GetString(), StringComparison.Ordinal);
        }

        await Poll.Until(
            "no registration is listed", () => host.Rest.GetAll(tenant.Path("registrations")), list => list.Count == 0, Soon);
        await tenant.AwaitCounter("activeRegistrations", 0);
    }

    /// <summary>The same number exists in two tenants, and a phone of one cannot call into the other.</summary>
    [Fact]
    public async Task A_phone_of_one_tenant_does_not_reach_another_tenants_extension()
    {
        var host = fixture.Host;
        using var one = await TestTenant.Create(host, "one");
        using var other = await TestTenant.Create(host, "other");
        await one.AddExtension("1001");
        await host.Rest.Post(other.Path("extensions"), new { username = "1001", password = "another-password" });
        await other.AddExtension("1002");
        await using var caller = await Baresip.Start(host.Account(one, "1001"));
        await using var callee = await Baresip.Start(host.Account(other, "1002"));

        await caller.Dial("1002");
        await caller.Await("CALL_CLOSED");
        await caller.AwaitLine("SIP/2.0 404 ");
        await caller.DialAddress($"1002@{other.Domain}");
        await caller.Await("CALL_CLOSED");

        Assert.DoesNotContain(callee.Trace, line => line.StartsWith("INVITE ", StringComparison.Ordinal));
    }
}
