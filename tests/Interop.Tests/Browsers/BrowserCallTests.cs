using System.Diagnostics;
using System.Text.Json;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Browsers;

/// <summary>Calls of JsSIP and SIP.js in a real Chromium: ICE, DTLS-SRTP and one port (RFC 8827, RFC 8834), judged by sound.</summary>
public sealed class BrowserCallTests(HostFixture fixture, BrowserPhones browser) : IClassFixture<BrowserPhones>
{
    private const int BrowsersTone = 440;
    private const int OthersTone = 1000;

    /// <summary>Whoever is called has keys by another payload type than who calls, which has 126 or 101.</summary>
    private const string OtherIds = "Default: telephone-event=100";

    private const string Suite = "DTLS AES_CM_128_HMAC_SHA1_80";
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);
    private readonly HostProcess _host = fixture.Host;

    [Theory]
    [InlineData("jssip", "ws", "")]
    [InlineData("jssip", "wss", OtherIds)]
    [InlineData("sipjs", "ws", OtherIds)]
    [InlineData("sipjs", "wss", "")]
    public async Task A_browser_and_a_UDP_phone_call_and_hear_each_other_and_their_keys_and_either_hangs_up(string library, string scheme, string codecIds)
    {
        using var tenant = await TestTenant.Create(_host, "webrtc");
        await tenant.Change("codecIds", codecIds);
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await using var web = browser.Open(library, _host.Ports.WebSocket(scheme), _host.Account(tenant, "1001") with { Hertz = BrowsersTone });
        await web.Await("registered");
        await using var phone = await Baresip.Start(_host.Account(tenant, "1002") with { Hertz = OthersTone });

        web.Do("call", $"sip:1002@{tenant.Domain}");
        await Task.WhenAll(web.Await("established"), phone.Await("CALL_ESTABLISHED"));
        await Task.WhenAll(web.AwaitTone(OthersTone, Talk), phone.AwaitTone(BrowsersTone, Talk));
        // RFC 4733
        web.Do("press", "15#");
        await phone.AwaitKeys("15#");
        web.Do("hangUp");
        await Task.WhenAll(phone.Await("CALL_CLOSED"), web.Await("ended"));

        await phone.Dial("1001");
        var offered = (await web.Await("ringing")).GetProperty("sdp").GetString();
        Assert.Contains($"a=rtpmap:{(codecIds == OtherIds ? "100" : "101")} telephone-event/8000", offered, StringComparison.Ordinal);
        web.Do("answer");
        await Task.WhenAll(web.Await("established"), phone.Await("CALL_ESTABLISHED"));
        await Task.WhenAll(web.AwaitTone(OthersTone, Talk), phone.AwaitTone(BrowsersTone, Talk));
        web.Do("press", "8");
        await phone.AwaitKeys("8");
        await Press(phone, '7', web);
        await Press(phone, '*', web);

        await phone.HangUp();
        await web.Await("ended");

        foreach (var record in await tenant.AwaitHistory(2))
        {
            var isCaller = record.GetProperty("call").GetProperty("caller").GetProperty("number").GetString() == "1001";
            Assert.Equal(Suite, EncryptionOf(record, isCaller ? "callerMedia" : "calleeMedia"));
            Assert.Null(EncryptionOf(record, isCaller ? "calleeMedia" : "callerMedia"));
        }
    }

    [Theory]
    [InlineData("jssip", null)]
    [InlineData("sipjs", "AES_CM_128_HMAC_SHA1_80")]
    public async Task A_browser_and_Linphone_call_and_hear_each_other(string library, string? suite)
    {
        using var tenant = await TestTenant.Create(_host, "weblin");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await tenant.EncryptMediaOf("1002", suite is null ? "off" : "required");
        await using var web = browser.Open(library, _host.Ports.WebSocket("wss"), _host.Account(tenant, "1001") with { Hertz = BrowsersTone });
        await web.Await("registered");
        await using var linphone = await Linphone.Start(_host.Account(tenant, "1002") with { Hertz = OthersTone, SrtpSuites = suite });

        web.Do("call", $"sip:1002@{tenant.Domain}");
        await Task.WhenAll(web.Await("established"), linphone.AwaitSound());
        linphone.Play();
        await Task.WhenAll(web.AwaitTone(OthersTone, Talk), linphone.AwaitTone(BrowsersTone, Talk));
        web.Do("hangUp");
        await web.Await("ended");
        await tenant.AwaitNoSession();

        linphone.Dial("1001");
        await web.Await("ringing");
        web.Do("answer");
        await Task.WhenAll(web.Await("established"), linphone.AwaitSound(calls: 2));
        linphone.Play();
        await Task.WhenAll(web.AwaitTone(OthersTone, Talk), linphone.AwaitTone(BrowsersTone, Talk));
        linphone.HangUp();
        await web.Await("ended");

        foreach (var record in await tenant.AwaitHistory(2))
        {
            var isCaller = record.GetProperty("call").GetProperty("caller").GetProperty("number").GetString() == "1001";
            Assert.Equal(Suite, EncryptionOf(record, isCaller ? "callerMedia" : "calleeMedia"));
            Assert.Equal(suite, EncryptionOf(record, isCaller ? "calleeMedia" : "callerMedia"));
        }
    }

    [Theory]
    [InlineData("jssip", "sipjs")]
    [InlineData("sipjs", "jssip")]
    [InlineData("jssip", "jssip")]
    [InlineData("sipjs", "sipjs")]
    public async Task Two_browsers_hear_each_other_also_after_hold_and_after_ICE_began_anew(string one, string other)
    {
        using var tenant = await TestTenant.Create(_host, "both");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await using var alice = browser.Open(one, _host.Ports.WebSocket("wss"), _host.Account(tenant, "1001") with { Hertz = BrowsersTone });
        await using var bob = browser.Open(other, _host.Ports.WebSocket("ws"), _host.Account(tenant, "1002") with { Hertz = OthersTone });
        await Task.WhenAll(alice.Await("registered"), bob.Await("registered"));

        alice.Do("call", $"sip:1002@{tenant.Domain}");
        await bob.Await("ringing");
        bob.Do("answer");
        await Task.WhenAll(alice.Await("established"), bob.Await("established"));
        await BothHear(alice, bob);

        // RFC 3264 §8.4
        foreach (var action in (string[])["hold", "resume"])
        {
            alice.Do(action);
            await alice.Await("changed");
        }

        await BothHear(alice, bob);

        // RFC 8839 §4.4.1.1.1
        var (alices, bobs) = (await FragmentOf(alice), await FragmentOf(bob));
        alice.Do("restartIce");
        await alice.Await("changed");
        Assert.NotEqual(alices, await FragmentOf(alice));
        Assert.Equal(bobs, await FragmentOf(bob));
        await BothHear(alice, bob);

        bob.Do("hangUp");
        await Task.WhenAll(alice.Await("ended"), bob.Await("ended"));
        var record = Assert.Single(await tenant.AwaitHistory());
        Assert.Equal((Suite, Suite), (EncryptionOf(record, "callerMedia"), EncryptionOf(record, "calleeMedia")));
        Assert.Equal(("opus", "opus"), (CodecOf(record, "callerMedia"), CodecOf(record, "calleeMedia")));
    }

    [Fact]
    public async Task A_call_of_two_browsers_outlives_their_consent_by_having_it_renewed()
    {
        // RFC 7675 §5.1: 30 s after the last answered check a browser sends nothing more; and we end the call.
        var beyondConsent = TimeSpan.FromSeconds(36);
        using var tenant = await TestTenant.Create(_host, "consent");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await using var alice = browser.Open("jssip", _host.Ports.WebSocket("wss"), _host.Account(tenant, "1001") with { Hertz = BrowsersTone });
        await using var bob = browser.Open("sipjs", _host.Ports.WebSocket("wss"), _host.Account(tenant, "1002") with { Hertz = OthersTone });
        await Task.WhenAll(alice.Await("registered"), bob.Await("registered"));
        alice.Do("call", $"sip:1002@{tenant.Domain}");
        await bob.Await("ringing");
        bob.Do("answer");
        await Task.WhenAll(alice.Await("established"), bob.Await("established"));
        await BothHear(alice, bob);
        var (began, alices, bobs) = (Stopwatch.GetTimestamp(), await AnsweredChecksOf(alice), await AnsweredChecksOf(bob));

        while (Stopwatch.GetElapsedTime(began) < beyondConsent)
            await BothHear(alice, bob);

        // A check every four to six seconds.
        Assert.InRange(await AnsweredChecksOf(alice) - alices, 4, int.MaxValue);
        Assert.InRange(await AnsweredChecksOf(bob) - bobs, 4, int.MaxValue);
        await tenant.AwaitSession();
        bob.Do("hangUp");
        await Task.WhenAll(alice.Await("ended"), bob.Await("ended"));
        var call = Assert.Single(await tenant.AwaitHistory()).GetProperty("call");
        Assert.Equal("callee", call.GetProperty("endedBy").GetString());
    }

    /// <summary>Presses a key until the browser hears it: this phone's are as short as can be, and a starved browser plays none of one that came late.</summary>
    private static async Task Press(Baresip phone, char key, BrowserPhone web)
    {
        var heard = web.AwaitKeys($"{key}");
        using var again = new PeriodicTimer(Talk);
        do
            await phone.Press(key);
        while (await Task.WhenAny(heard, again.WaitForNextTickAsync().AsTask()) != heard);
        await heard;
    }

    private static Task BothHear(BrowserPhone alice, BrowserPhone bob) =>
        Task.WhenAll(alice.AwaitTone(bob.Account.Hertz, Talk), bob.AwaitTone(alice.Account.Hertz, Talk));

    /// <summary>Our user name fragment toward a browser.</summary>
    private static async Task<string?> FragmentOf(BrowserPhone phone)
    {
        phone.Do("describe");
        return (await phone.Await("described")).GetProperty("fragment").GetString();
    }

    /// <summary>How many of its ICE checks we have answered it.</summary>
    private static async Task<int> AnsweredChecksOf(BrowserPhone phone)
    {
        phone.Do("describe");
        return (await phone.Await("described")).GetProperty("answeredChecks").GetInt32();
    }

    private static string? CodecOf(JsonElement record, string media) => record.GetProperty(media).GetProperty("codec").GetString();

    private static string? EncryptionOf(JsonElement record, string media) => record.GetProperty(media).GetProperty("encryption").GetString();
}
