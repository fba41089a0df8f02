using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>Linphone on each transport, by IPv4 and IPv6, over TLS with the certificate checked: it registers, calls, is called and is heard.</summary>
public sealed class LinphoneTests(HostFixture fixture)
{
    private const int LinphonesTone = 700;
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("udp", "127.0.0.1")]
    [InlineData("tcp", "127.0.0.1")]
    [InlineData("tls", "127.0.0.1")]
    [InlineData("tcp", "[::1]")]
    public async Task Linphone_registers_calls_and_is_called(string transport, string address)
    {
        Assert.True(address == "127.0.0.1" || Ipv6Loopback.IsThere, "This machine has no IPv6.");
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "lin");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await using var linphone = await Linphone.Start(
            host.Account(tenant, "1001", transport) with { Place = new(address), Hertz = LinphonesTone, TrustedCertificate = host.Certificate });
        var registration = Assert.Single(await host.Rest.GetAll(tenant.Path("registrations")));
        Assert.Equal((address.Trim('[', ']'), transport), (Text(registration, "address"), Text(registration, "transport")));
        await using var baresip = await Baresip.Start(host.Account(tenant, "1002"));

        await baresip.Dial("1001");
        await baresip.Await("CALL_ESTABLISHED");
        linphone.Play();
        await baresip.AwaitTone(LinphonesTone, Talk);
        await baresip.HangUp();
        await tenant.AwaitNoSession();

        linphone.Dial("1002");
        await baresip.Await("CALL_ESTABLISHED");
        linphone.HangUp();
        await tenant.AwaitNoSession();
        await tenant.AwaitCounter("successfulCalls", 2);
    }

    private static string? Text(System.Text.Json.JsonElement element, string name) => element.GetProperty(name).GetString();
}
