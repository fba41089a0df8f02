using System.Text.Json;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>Real phones that encrypt their media (SDES, RFC 4568) and such that do not hear each other.</summary>
public sealed class EncryptedCallTests(HostFixture fixture)
{
    private const int CallersTone = 440;
    private const int CalleesTone = 1000;
    private const string Common = "AES_CM_128_HMAC_SHA1_80";
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);

    /// <summary>Every second packet of 20 ms.</summary>
    private static readonly long HeardPackets = Talk.Ticks / TimeSpan.FromMilliseconds(2 * 20).Ticks;

    [Theory]
    [InlineData("srtp-mand", null, "off", "off")]
    [InlineData(null, "srtp-mand", "off", "required")]
    [InlineData("srtp", "srtp", "preferred", "preferred")]
    [InlineData("srtp", null, "preferred", "preferred")]
    public async Task Baresip_encrypts_or_not_and_both_hear_each_other(
        string? caller, string? callee, string callersSetting, string calleesSetting)
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "srtp");
        await Add(tenant, "1001", callersSetting);
        await Add(tenant, "1002", calleesSetting);
        await using var alice = await Baresip.Start(host.Account(tenant, "1001") with { Hertz = CallersTone, MediaEncryption = caller });
        await using var bob = await Baresip.Start(host.Account(tenant, "1002") with { Hertz = CalleesTone, MediaEncryption = callee });

        await alice.Dial("1002");
        await Task.WhenAll(alice.Await("CALL_ESTABLISHED"), bob.Await("CALL_ESTABLISHED"));
        await Task.WhenAll(alice.AwaitTone(CalleesTone, Talk), bob.AwaitTone(CallersTone, Talk));
        await alice.HangUp();

        var record = Assert.Single(await tenant.AwaitHistory());
        // Baresip's last packet, RTCP's BYE, is not encrypted: that is dropped, if it still finds the call.
        AssertEncrypted(record.GetProperty("callerMedia"), caller is null ? null : Common, dropped: 1);
        AssertEncrypted(record.GetProperty("calleeMedia"), callee is null ? null : Common, dropped: 1);
    }

    /// <summary>Called, it takes the first suite that it knows; its own offers have the common one alone, and Linphone knows no other kind.</summary>
    [Theory]
    [InlineData("AEAD_AES_256_GCM")]
    [InlineData("AEAD_AES_128_GCM")]
    public async Task Baresip_encrypts_by_the_suite_that_its_extension_has_first(string suite)
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "gcm");
        await Add(tenant, "1001", "off");
        await Add(tenant, "1002", "required", suite, Common);
        await using var alice = await Baresip.Start(host.Account(tenant, "1001") with { Hertz = CallersTone });
        await using var bob = await Baresip.Start(host.Account(tenant, "1002") with { Hertz = CalleesTone, MediaEncryption = "srtp-mand" });

        await alice.Dial("1002");
        await Task.WhenAll(alice.Await("CALL_ESTABLISHED"), bob.Await("CALL_ESTABLISHED"));
        await Task.WhenAll(alice.AwaitTone(CalleesTone, Talk), bob.AwaitTone(CallersTone, Talk));
        await alice.HangUp();

        var record = Assert.Single(await tenant.AwaitHistory());
        AssertEncrypted(record.GetProperty("callerMedia"), null);
        AssertEncrypted(record.GetProperty("calleeMedia"), suite, dropped: 1);
    }

    [Theory]
    [InlineData(Common)]
    [InlineData("AES_CM_128_HMAC_SHA1_32")]
    public async Task Linphone_encrypts_calls_and_is_called(string suite)
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "sdes");
        await Add(tenant, "1001", "required");
        await Add(tenant, "1002", "off");
        await using var linphone = await Linphone.Start(host.Account(tenant, "1001") with { Hertz = CallersTone, SrtpSuites = suite });
        await using var baresip = await Baresip.Start(host.Account(tenant, "1002") with { Hertz = CalleesTone });

        linphone.Dial("1002");
        await baresip.Await("CALL_ESTABLISHED");
        await linphone.AwaitSound();
        linphone.Play();
        await Task.WhenAll(baresip.AwaitTone(CallersTone, Talk), linphone.AwaitTone(CalleesTone, Talk));
        await baresip.HangUp();
        await tenant.AwaitNoSession();

        await baresip.Dial("1001");
        await baresip.Await("CALL_ESTABLISHED");
        await linphone.AwaitSound(calls: 2);
        linphone.Play();
        await Task.WhenAll(baresip.AwaitTone(CallersTone, Talk), linphone.AwaitTone(CalleesTone, Talk));
        await baresip.HangUp();

        foreach (var record in await tenant.AwaitHistory(2))
        {
            var number = record.GetProperty("call").GetProperty("caller").GetProperty("number").GetString();
            AssertEncrypted(record.GetProperty(number == "1001" ? "callerMedia" : "calleeMedia"), suite);
        }

        Assert.Equal(0, linphone.CountUnopened(areReports: false));
        // RFC 4568 §6.2.2: tags of RTCP are never short. It has short ones for both, which we learn from its first report.
        if (suite == Common)
            Assert.Equal(0, linphone.CountUnopened(areReports: true));
    }

    private static async Task Add(TestTenant tenant, string number, string mediaEncryption, params string[] suites)
    {
        await tenant.AddExtension(number);
        await tenant.EncryptMediaOf(number, mediaEncryption, suites);
    }

    private static void AssertEncrypted(JsonElement media, string? suite, int dropped = 0)
    {
        Assert.Equal(suite, media.GetProperty("encryption").GetString());
        // Each heard the other's tone for so long; a phone conceals packets that come too late, but not every second one.
        Assert.InRange(media.GetProperty("packetsReceived").GetInt64(), HeardPackets, long.MaxValue);
        Assert.InRange(media.GetProperty("packetsSent").GetInt64(), HeardPackets, long.MaxValue);
        if (suite is not null)
            Assert.InRange(media.GetProperty("unauthenticDropped").GetInt64(), 0, dropped);
    }
}
