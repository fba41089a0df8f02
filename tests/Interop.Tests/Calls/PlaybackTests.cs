using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>What real phones hear of us, judged by sound: music on hold and announcements, a tenant's own and the default.</summary>
public sealed class PlaybackTests(HostFixture fixture, BrowserPhones browser) : IClassFixture<BrowserPhones>
{
    private const int PhonesTone = 440;
    private const int OurTone = 700;
    private const int HeldsTone = 1000;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(3);

    /// <summary>More than is asked for: a window of the measure may lie over an end of it.</summary>
    private static readonly TimeSpan Announced = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_phone_on_hold_hears_the_tenants_music_and_its_party_and_keys_again_afterwards()
    {
        using var tenant = await Tenant("moh");
        await tenant.UploadSound("musicOnHold", OurTone, TimeSpan.FromSeconds(2));
        await using var holder = await Baresip.Start(Account(tenant, "1001"));
        await using var held = browser.Open("jssip", fixture.Host.Ports.WebSocket("wss"), Account(tenant, "1002") with { Hertz = 0 });
        await held.Await("registered");
        held.Do("call", $"sip:1001@{tenant.Domain}");
        await Task.WhenAll(holder.Await("CALL_ESTABLISHED"), held.Await("established"));
        await held.AwaitTone(PhonesTone, Long);

        await holder.Hold();
        await held.AwaitTone(OurTone, Long);
        await holder.Resume();
        await held.AwaitTone(PhonesTone, Long);

        // RFC 4733: in the stream that had the music.
        await holder.Press('5');
        await held.AwaitKeys("5");
        await holder.HangUp();
        await held.Await("ended");
    }

    [Theory]
    [InlineData("jssip", "sipjs")]
    [InlineData("sipjs", "jssip")]
    public async Task A_browser_that_speaks_Opus_hears_the_music_in_G711_and_its_party_in_Opus_again(string holders, string helds)
    {
        // RFC 3264 §6.1: any format that its answer to the hold lists may be sent.
        using var tenant = await Tenant("opus");
        await tenant.UploadSound("musicOnHold", OurTone, TimeSpan.FromSeconds(2));
        var port = fixture.Host.Ports.WebSocket("wss");
        await using var holder = browser.Open(holders, port, Account(tenant, "1001"));
        await using var held = browser.Open(helds, port, Account(tenant, "1002") with { Hertz = HeldsTone });
        await Task.WhenAll(holder.Await("registered"), held.Await("registered"));
        holder.Do("call", $"sip:1002@{tenant.Domain}");
        await held.Await("ringing");
        held.Do("answer");
        await Task.WhenAll(holder.Await("established"), held.Await("established"));
        await Task.WhenAll(held.AwaitTone(PhonesTone, Long), holder.AwaitTone(HeldsTone, Long));

        await Changes(holder, "hold");
        await held.AwaitTone(OurTone, Long);
        await Changes(holder, "resume");
        await held.AwaitTone(PhonesTone, Long);

        holder.Do("hangUp");
        await held.Await("ended");
        var record = Assert.Single(await tenant.AwaitHistory());
        Assert.Equal("opus", record.GetProperty("calleeMedia").GetProperty("codec").GetString());
    }

    [Fact]
    public async Task The_music_test_plays_the_tenants_music()
    {
        using var tenant = await Tenant("music");
        await tenant.UploadSound("musicOnHold", OurTone, TimeSpan.FromSeconds(2));
        await using var phone = await Baresip.Start(Account(tenant, "1001"));

        await Calls(phone, "*44", () => phone.AwaitTone(OurTone, Long));
    }

    [Fact]
    public async Task The_music_test_plays_the_default_where_the_tenant_has_no_music()
    {
        using var tenant = await Tenant("music");
        await using var phone = await Baresip.Start(Account(tenant, "1001"));

        var music = await tenant.Music();
        await Calls(phone, "*44", () => phone.AwaitMelody(music, Long));
    }

    [Fact]
    public async Task A_caller_hears_the_announcement_as_early_media_before_its_call_is_refused()
    {
        using var tenant = await Tenant("announce");
        await tenant.Change("announceRefusals", true);
        await tenant.UploadSound("notInService", OurTone, Announced);
        await using var phone = await Baresip.Start(Account(tenant, "1001"));

        await phone.Dial("999");
        await phone.AwaitTone(OurTone, Long);
        await phone.Await("CALL_CLOSED");

        var call = Assert.Single(await tenant.AwaitHistory()).GetProperty("call");
        Assert.Equal(404, call.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Both_parties_hear_that_their_call_ends_soon_and_each_other_again_afterwards()
    {
        using var tenant = await Tenant("warned");
        // The warning comes 30 s before the end: here two seconds after the answer.
        await tenant.Change("announceCallEnd", true);
        await tenant.Change("maxSessionDurationSeconds", 32);
        await tenant.UploadSound("callEnding", OurTone, Announced);
        await using var caller = await Baresip.Start(Account(tenant, "1001"));
        await using var callee = await Baresip.Start(Account(tenant, "1002"));
        await caller.Dial("1002");
        await Task.WhenAll(caller.Await("CALL_ESTABLISHED"), callee.Await("CALL_ESTABLISHED"));

        await Task.WhenAll(caller.AwaitTone(OurTone, Long), callee.AwaitTone(OurTone, Long));
        var heard = (caller.Heard(PhonesTone), callee.Heard(PhonesTone));
        await Task.WhenAll(caller.AwaitTone(PhonesTone, heard.Item1 + Long), callee.AwaitTone(PhonesTone, heard.Item2 + Long));
        await caller.HangUp();
        await callee.Await("CALL_CLOSED");
    }

    private static async Task Changes(BrowserPhone phone, string action)
    {
        phone.Do(action);
        await phone.Await("changed");
    }

    private static async Task Calls(Baresip phone, string number, Func<Task> hears)
    {
        await phone.Dial(number);
        await phone.Await("CALL_ESTABLISHED");
        await hears();
        await phone.HangUp();
        await phone.Await("CALL_CLOSED");
    }

    private PhoneAccount Account(TestTenant tenant, string number) => fixture.Host.Account(tenant, number) with { Hertz = PhonesTone };

    /// <summary>A tenant that no gateway has met yet: what is set before the first phone registers is known by then.</summary>
    private async Task<TestTenant> Tenant(string name)
    {
        var tenant = await TestTenant.Create(fixture.Host, name);
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        return tenant;
    }
}
