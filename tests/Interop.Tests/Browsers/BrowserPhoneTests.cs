using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Browsers;

/// <summary>JsSIP and SIP.js in a real Chromium, over WS and WSS (RFC 7118): signalling. For their calls see <see cref="BrowserCallTests"/>.</summary>
public sealed class BrowserPhoneTests(HostFixture fixture, BrowserPhones browser) : IClassFixture<BrowserPhones>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly HostProcess _host = fixture.Host;

    [Theory]
    [InlineData("jssip", "ws")]
    [InlineData("jssip", "wss")]
    [InlineData("sipjs", "ws")]
    [InlineData("sipjs", "wss")]
    public async Task A_browser_registers_refreshes_and_unregisters(string library, string scheme)
    {
        using var tenant = await TestTenant.Create(_host, "web");
        await tenant.AddExtension("1001");

        await using var phone = browser.Open(library, _host.Ports.WebSocket(scheme), _host.Account(tenant, "1001"));
        Assert.Equal(1, (await phone.Await("registered")).GetProperty("contacts").GetInt32());
        await phone.Await("200 REGISTER");
        var registration = Assert.Single(await _host.Rest.GetAll(tenant.Path("registrations")));
        Assert.Equal(scheme, registration.GetProperty("transport").GetString());
        Assert.Contains(".invalid;transport=ws", registration.GetProperty("contact").GetString(), StringComparison.Ordinal);

        phone.Do("register");
        await phone.Await("200 REGISTER");
        Assert.Single(await _host.Rest.GetAll(tenant.Path("registrations")));

        phone.Do("unregister");
        await phone.Await("unregistered");
        Assert.Empty(await _host.Rest.GetAll(tenant.Path("registrations")));
    }

    [Theory]
    [InlineData("jssip")]
    [InlineData("sipjs")]
    public async Task A_browser_that_is_closed_is_off_line_at_once(string library)
    {
        using var tenant = await TestTenant.Create(_host, "gone");
        await tenant.AddExtension("1001");

        await using (var phone = browser.Open(library, _host.Ports.WebSocket("ws"), _host.Account(tenant, "1001")))
            await phone.Await("registered");

        await Poll.Until(
            "no registration is listed", () => _host.Rest.GetAll(tenant.Path("registrations")), list => list.Count == 0, Soon);
    }

    [Theory]
    [InlineData("jssip")]
    [InlineData("sipjs")]
    public async Task A_browser_is_rung_on_its_flow_and_its_refusal_comes_back(string library)
    {
        using var tenant = await TestTenant.Create(_host, "ring");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await using var phone = browser.Open(library, _host.Ports.WebSocket("wss"), _host.Account(tenant, "1001"));
        await phone.Await("registered");
        await using var caller = await Baresip.Start(_host.Account(tenant, "1002"));

        await caller.Dial("1001");
        var ringing = await phone.Await("ringing");
        Assert.Equal("1002", ringing.GetProperty("from").GetString());
        await phone.Await("INVITE");
        Assert.Contains("m=audio ", ringing.GetProperty("sdp").GetString(), StringComparison.Ordinal);
        phone.Do("reject", 486);

        await caller.AwaitLine("SIP/2.0 486 ");
        await caller.Await("CALL_CLOSED");
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        using var tenant = await TestTenant.Create(_host, "wrong");
        await tenant.AddExtension("1001");

        await using var phone = browser.Open("jssip", _host.Ports.WebSocket("ws"), _host.Account(tenant, "1001") with { Password = "wrong" });

        Assert.Equal(403, (await phone.Await("refused")).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task S7_a_page_of_another_site_gets_no_connection()
    {
        using var tenant = await TestTenant.Create(_host, "site");
        await tenant.AddExtension("1001");

        await using var phone = browser.Open("jssip", _host.Ports.WebSocket("ws"), _host.Account(tenant, "1001"), host: "localhost");

        await phone.Await("disconnected");
        Assert.Empty(await _host.Rest.GetAll(tenant.Path("registrations")));
    }

    [Fact]
    public async Task Browsers_connect_and_register_again_after_the_server_ended_their_connections()
    {
        await using var host = await HostProcess.Start(fixture.Azurite);
        using var tenant = await TestTenant.Create(host, "again");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        BrowserPhone[] phones =
        [
            browser.Open("jssip", host.Ports.WebSocket("wss"), host.Account(tenant, "1001")),
            browser.Open("sipjs", host.Ports.WebSocket("wss"), host.Account(tenant, "1002")),
        ];
        foreach (var phone in phones)
            await phone.Await("registered");

        await host.Stop();
        foreach (var phone in phones)
            await phone.Await("disconnected");
        await host.Restart();

        foreach (var phone in phones)
        {
            await phone.Await("registered");
            await phone.DisposeAsync();
        }
    }
}
