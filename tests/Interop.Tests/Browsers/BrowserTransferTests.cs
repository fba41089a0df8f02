using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Browsers;

/// <summary>A browser passes its call with a desk phone on to another desk phone, by JsSIP's and SIP.js's own REFER.</summary>
public sealed class BrowserTransferTests(HostFixture fixture, BrowserPhones browser) : IClassFixture<BrowserPhones>
{
    private const int CallersTone = 700;
    private const int TargetsTone = 1100;
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);
    private readonly HostProcess _host = fixture.Host;

    /// <summary>RFC 5589 §6.1.</summary>
    [Theory]
    [InlineData("jssip")]
    [InlineData("sipjs")]
    public async Task A_browser_sends_a_desk_phone_on_to_another_one(string library)
    {
        using var tenant = await NewTenant();
        await using var web = await Open(tenant, library);
        await using var caller = await Baresip.Start(_host.Account(tenant, "1002") with { Hertz = CallersTone });
        await using var target = await Baresip.Start(_host.Account(tenant, "1003") with { Hertz = TargetsTone });
        await caller.Dial("1001");
        await Answers(web, caller.Await("CALL_ESTABLISHED"));
        await web.AwaitTone(CallersTone, Talk);

        web.Do("transfer", $"sip:1003@{tenant.Domain}");

        await Task.WhenAll(target.Await("CALL_ESTABLISHED"), web.Await("transferred"), web.Await("ended"));
        await Task.WhenAll(caller.AwaitTone(TargetsTone, Talk), target.AwaitTone(CallersTone, Talk));
        await caller.HangUp();
        await target.Await("CALL_CLOSED");
        await AreDone(tenant);
    }

    /// <summary>RFC 5589 §7.</summary>
    [Theory]
    [InlineData("jssip")]
    [InlineData("sipjs")]
    public async Task A_browser_that_asked_first_connects_both_desk_phones(string library)
    {
        using var tenant = await NewTenant();
        await using var web = await Open(tenant, library);
        // Who was on hold: baresip records nothing that it hears after that.
        await using var caller = await Linphone.Start(_host.Account(tenant, "1002") with { Hertz = CallersTone });
        await using var target = await Baresip.Start(_host.Account(tenant, "1003") with { Hertz = TargetsTone });
        caller.Dial("1001");
        await Answers(web, caller.AwaitSound());
        web.Do("hold");
        await web.Await("changed");
        web.Do("call", $"sip:1003@{tenant.Domain}");
        await Task.WhenAll(web.Await("established"), target.Await("CALL_ESTABLISHED"));

        web.Do("connect");

        await web.Await("transferred");
        await web.Await("ended");
        await web.Await("ended");
        await caller.AwaitSound(calls: 2);
        caller.Play();
        await Task.WhenAll(caller.AwaitTone(TargetsTone, Talk), target.AwaitTone(CallersTone, Talk));
        await target.HangUp();
        await caller.AwaitEnd(1);
        await AreDone(tenant);
    }

    private async Task<TestTenant> NewTenant()
    {
        var tenant = await TestTenant.Create(_host, "webrefer");
        foreach (var number in (string[])["1001", "1002", "1003"])
            await tenant.AddExtension(number);
        return tenant;
    }

    private async Task<BrowserPhone> Open(TestTenant tenant, string library)
    {
        var web = browser.Open(library, _host.Ports.WebSocket("wss"), _host.Account(tenant, "1001"));
        await web.Await("registered");
        return web;
    }

    private static async Task Answers(BrowserPhone web, Task established)
    {
        await web.Await("ringing");
        web.Do("answer");
        await Task.WhenAll(web.Await("established"), established);
    }

    private static async Task AreDone(TestTenant tenant)
    {
        await tenant.AwaitNoSession();
        await tenant.AwaitCounter("successfulCalls", 2);
    }
}
