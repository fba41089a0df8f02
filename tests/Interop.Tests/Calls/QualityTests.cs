using System.Text.Json;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>RTCP between us and real programs (RFC 3550 §6): each side measures, and the call's figures say what.</summary>
public sealed class QualityTests(HostFixture fixture, BrowserPhones browser) : IClassFixture<BrowserPhones>
{
    // Our first report comes within 3 s; what answers it is a report of the other side, every 5 s or so, and each may be late by half of that.
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Chromium_and_baresip_measure_with_us_and_the_figures_are_on_the_call_and_in_its_record()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "quality");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await using var web = browser.Open("jssip", host.Ports.WebSocket("wss"), host.Account(tenant, "1001"));
        await web.Await("registered");
        await using var phone = await Baresip.Start(host.Account(tenant, "1002"));
        web.Do("call", $"sip:1002@{tenant.Domain}");
        await Task.WhenAll(web.Await("established"), phone.Await("CALL_ESTABLISHED"));

        // The books follow a moment behind.
        var call = (await Poll.Until("the call is listed", () => host.Rest.GetAll(tenant.Path("calls")), calls => calls.Count == 1, Measured))[0];
        var path = tenant.Path($"calls/{call.GetProperty("id").GetGuid()}/progress");
        var live = await Poll.Until("both round trips are measured", () => host.Rest.Get(path), IsMeasured, Measured);
        Assert.All([live.GetProperty("callerMedia"), live.GetProperty("calleeMedia")], AssertGood);
        // W3C webrtc-stats §8.5: by the reports that we send about what Chromium sends.
        await Poll.Until("Chromium has measured", () => RoundTrip(web), time => time is >= 0 and < 1, Measured);

        web.Do("hangUp");
        await Task.WhenAll(phone.Await("CALL_CLOSED"), web.Await("ended"));
        var record = Assert.Single(await tenant.AwaitHistory());
        Assert.All([record.GetProperty("callerMedia"), record.GetProperty("calleeMedia")], AssertGood);
    }

    private static async Task<double?> RoundTrip(BrowserPhone phone)
    {
        phone.Do("describe");
        return (await phone.Await("described")).GetProperty("roundTrip") is { ValueKind: JsonValueKind.Number } time ? time.GetDouble() : null;
    }

    private static bool IsMeasured(JsonElement progress) => Array.TrueForAll(
        ["callerMedia", "calleeMedia"],
        side => progress.GetProperty(side) is { ValueKind: JsonValueKind.Object } media
            && Array.TrueForAll(["roundTripMilliseconds", "lostToParty", "jitterAtPartyMilliseconds"], name => media.GetProperty(name).ValueKind == JsonValueKind.Number));

    private static void AssertGood(JsonElement media)
    {
        Assert.InRange(media.GetProperty("roundTripMilliseconds").GetDouble(), 0, 1000);
        // What Chromium would like better, Opus, this phone does not speak.
        Assert.Equal("PCMU", media.GetProperty("codec").GetString());
        Assert.All(["mosReceived", "mosSent"], name => Assert.InRange(media.GetProperty(name).GetDouble(), 1, 4.5));
    }
}
