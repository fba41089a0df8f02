using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>Linphone on each transport, by IPv4 and IPv6, over TLS with the certificate checked: it registers, calls, is called and is heard.</summary>
public sealed class LinphoneTests(HostFixture fixture)
{
    private const int LinphonesTone = 700;
    private const int OthersTone = 1000;
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);

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
        await using var baresip = await Baresip.Start(host.Account(tenant, "1002") with { Hertz = OthersTone });

        await baresip.Dial("1001");
        await baresip.Await("CALL_ESTABLISHED");
        await linphone.AwaitSound();
        linphone.Play();
        await Task.WhenAll(baresip.AwaitTone(LinphonesTone, Talk), linphone.AwaitTone(OthersTone, Talk));
        // RFC 4733
        foreach (var key in "5#")
        {
            linphone.Press(key);
            await baresip.AwaitKeys($"{key}");
        }

        await baresip.HangUp();
        await tenant.AwaitNoSession();

        linphone.Dial("1002");
        await baresip.Await("CALL_ESTABLISHED");
        await linphone.AwaitSound(calls: 2);
        linphone.Play();
        await Task.WhenAll(baresip.AwaitTone(LinphonesTone, Talk), linphone.AwaitTone(OthersTone, Talk));
        linphone.HangUp();
        await tenant.AwaitNoSession();
        await tenant.AwaitCounter("successfulCalls", 2);
    }

    [Fact]
    public async Task Two_Linphones_hear_each_other()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "lins");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await using var alice = await Linphone.Start(host.Account(tenant, "1001") with { Hertz = LinphonesTone });
        await using var bob = await Linphone.Start(host.Account(tenant, "1002", "tcp") with { Hertz = OthersTone });

        alice.Dial("1002");
        await Task.WhenAll(alice.AwaitSound(), bob.AwaitSound());
        alice.Play();
        bob.Play();
        await Task.WhenAll(alice.AwaitTone(OthersTone, Talk), bob.AwaitTone(LinphonesTone, Talk));
        alice.HangUp();
        await tenant.AwaitNoSession();
    }

    private static string? Text(System.Text.Json.JsonElement element, string name) => element.GetProperty(name).GetString();
}
