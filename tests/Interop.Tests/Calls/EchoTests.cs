using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>One phone is enough to hear something: the echo test, judged by sound.</summary>
public sealed class EchoTests(HostFixture fixture, BrowserPhones browser) : IClassFixture<BrowserPhones>
{
    private const int Hertz = 440;
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData("udp", null)]
    [InlineData("tls", "srtp-mand")]
    public async Task A_phone_hears_itself(string transport, string? encryption)
    {
        using var tenant = await TestTenant.Create(fixture.Host, "echo");
        await tenant.AddExtension("1001");
        await using var phone = await Baresip.Start(
            fixture.Host.Account(tenant, "1001", transport) with { Hertz = Hertz, MediaEncryption = encryption });

        await phone.Dial("*43");
        await phone.Await("CALL_ESTABLISHED");
        await phone.AwaitTone(Hertz, Talk);
        await phone.HangUp();

        await AssertBooked(tenant);
    }

    [Fact]
    public async Task A_browser_hears_itself()
    {
        using var tenant = await TestTenant.Create(fixture.Host, "echo");
        await tenant.AddExtension("1001");
        await using var web = browser.Open("jssip", fixture.Host.Ports.WebSocket("wss"), fixture.Host.Account(tenant, "1001") with { Hertz = Hertz });
        await web.Await("registered");

        web.Do("call", $"sip:*43@{tenant.Domain}");
        await web.Await("established");
        await web.AwaitTone(Hertz, Talk);
        web.Do("hangUp");
        await web.Await("ended");

        await AssertBooked(tenant);
    }

    private static async Task AssertBooked(TestTenant tenant)
    {
        var call = Assert.Single(await tenant.AwaitHistory()).GetProperty("call");
        Assert.Equal("*43", call.GetProperty("callee").GetProperty("number").GetString());
        Assert.Equal(200, call.GetProperty("status").GetInt32());
    }
}
