using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>Hold and resume (RFC 3264 §8.4) by every phone, with Linphone at either end, judged by what is heard: the default music by its spectrum, own music by its tone.</summary>
public sealed class HoldMusicTests(HostFixture fixture, BrowserPhones browser) : IClassFixture<BrowserPhones>
{
    private const int HoldersTone = 440;
    private const int HeldsTone = 1000;
    private const int OwnMusic = 700;
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Held_by_baresip_Linphone_hears_the_default_music_as_it_goes_and_its_party_again()
    {
        using var tenant = await Tenant("hold1");
        await using var holder = await Baresip.Start(Account(tenant, "1001", HoldersTone));
        await using var held = await Linphone.Start(Account(tenant, "1002", HeldsTone));
        held.UseG711Alone();
        await holder.Dial("1002");
        await Task.WhenAll(holder.Await("CALL_ESTABLISHED"), held.AwaitSound());

        await HearsMusicBetween(held, await tenant.Music(), holder.Hold, holder.Resume);

        await holder.HangUp();
        await tenant.AwaitNoSession();
    }

    [Fact]
    public async Task Held_by_Linphone_Linphone_hears_the_default_music_as_it_goes_and_its_party_again()
    {
        using var tenant = await Tenant("hold2");
        await using var holder = await Linphone.Start(Account(tenant, "1001", HoldersTone));
        await using var held = await Linphone.Start(Account(tenant, "1002", HeldsTone));
        held.UseG711Alone();
        holder.Dial("1002");
        await Task.WhenAll(holder.AwaitSound(), held.AwaitSound());
        holder.Play();

        await HearsMusicBetween(held, await tenant.Music(), () => Done(holder.Pause), () => Done(holder.Resume), holder.Play);

        holder.HangUp();
        await tenant.AwaitNoSession();
    }

    [Theory]
    [InlineData("jssip")]
    [InlineData("sipjs")]
    public async Task Held_by_a_browser_Linphone_hears_the_default_music_as_it_goes_and_its_party_again(string library)
    {
        using var tenant = await Tenant("hold3");
        await using var holder = browser.Open(library, fixture.Host.Ports.WebSocket("wss"), Account(tenant, "1001", HoldersTone));
        await holder.Await("registered");
        await using var held = await Linphone.Start(Account(tenant, "1002", HeldsTone));
        held.UseG711Alone();
        holder.Do("call", $"sip:1002@{tenant.Domain}");
        await Task.WhenAll(holder.Await("established"), held.AwaitSound());

        await HearsMusicBetween(held, await tenant.Music(), () => Changes(holder, "hold"), () => Changes(holder, "resume"));

        holder.Do("hangUp");
        await tenant.AwaitNoSession();
    }

    [Fact]
    public async Task Held_by_Linphone_a_browser_hears_the_tenants_music_and_its_party_again()
    {
        using var tenant = await Tenant("hold4");
        await tenant.UploadSound("musicOnHold", OwnMusic, TimeSpan.FromSeconds(2));
        await using var holder = await Linphone.Start(Account(tenant, "1001", HoldersTone));
        holder.UseG711Alone();
        await using var held = browser.Open("jssip", fixture.Host.Ports.WebSocket("wss"), Account(tenant, "1002", HeldsTone));
        await held.Await("registered");
        held.Do("call", $"sip:1001@{tenant.Domain}");
        await Task.WhenAll(held.Await("established"), holder.AwaitSound());
        holder.Play();
        await Task.WhenAll(held.AwaitTone(HoldersTone, Talk), holder.AwaitTone(HeldsTone, Talk));

        holder.Pause();
        await held.AwaitTone(OwnMusic, Talk);
        holder.Resume();
        await holder.AwaitSound(calls: 2);
        holder.Play();
        await held.AwaitTone(HoldersTone, Talk);

        held.Do("hangUp");
        await tenant.AwaitNoSession();
    }

    /// <summary>Hears its party and nothing of the music, then the music, then its party again.</summary>
    private static async Task HearsMusicBetween(Linphone held, Melody music, Func<Task> hold, Func<Task> resume, Action? playAgain = null)
    {
        await held.AwaitTone(HoldersTone, Talk);
        Assert.Equal(TimeSpan.Zero, held.Heard(music));

        await hold();
        await held.AwaitMelody(music, Wait);
        var before = held.Heard(HoldersTone);
        await resume();
        await held.AwaitSound(calls: 2);
        playAgain?.Invoke();
        await held.AwaitTone(HoldersTone, before + Talk);
    }

    private static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static async Task Changes(BrowserPhone phone, string action)
    {
        phone.Do(action);
        await phone.Await("changed");
    }

    private PhoneAccount Account(TestTenant tenant, string number, int hertz) => fixture.Host.Account(tenant, number) with { Hertz = hertz };

    private async Task<TestTenant> Tenant(string name)
    {
        var tenant = await TestTenant.Create(fixture.Host, name);
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        return tenant;
    }
}
