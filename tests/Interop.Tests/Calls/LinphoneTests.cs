using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>Linphone on each transport, over TLS with the certificate checked: it registers, calls, is called and is heard.</summary>
public sealed class LinphoneTests(HostFixture fixture)
{
    private const int LinphonesTone = 700;
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    [InlineData("tls")]
    public async Task Linphone_registers_calls_and_is_called(string transport)
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "lin");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await using var linphone = await Linphone.Start(
            host.Account(tenant, "1001", transport) with { Hertz = LinphonesTone, TrustedCertificate = host.Certificate });
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
}
