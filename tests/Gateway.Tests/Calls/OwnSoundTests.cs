using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Sounds;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Media.Playback;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>A tenant's own music and announcements: read from storage once, off the loop, and the default where storage does not give them.</summary>
public sealed class OwnSoundTests : GatewayTest
{
    private static readonly byte[] Three = Wav(3000), Two = Wav(2000);

    private AudioClip? CalleeHears => Script.LastCall.Callee!.Media.Playing;

    [Fact]
    public async Task Who_is_on_hold_hears_the_tenants_music_which_all_calls_share()
    {
        await Upload(SoundKind.MusicOnHold, Three);
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        Holds(call, callee);
        await Until(() => CalleeHears is not null);
        var music = CalleeHears!;
        Assert.Equal(TimeSpan.FromSeconds(3), music.Duration);

        var test = Script.Registered("103").Invites("*44");
        test.Gets(200);
        test.Sends("ACK");
        Assert.Same(music, Script.Context.Calls.All.Single(other => other.Number == "*44").Caller!.Media.Playing);

        Assert.Equal(1, Script.Sounds.Asked);
        test.HangsUp();
        Ends(call, callee);
    }

    [Fact]
    public async Task Music_that_is_long_in_coming_is_not_heard_when_the_hold_is_over_by_then()
    {
        await Upload(SoundKind.MusicOnHold, Three);
        Script.Sounds.Hold();
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        Holds(call, callee);
        await Until(() => Script.Sounds.Asked == 1);
        Assert.Null(CalleeHears);
        Resumes(call, callee);

        Script.Sounds.Let();
        await Until(() => Held(SoundKind.MusicOnHold) is not null);

        Assert.Null(CalleeHears);
        Ends(call, callee);
    }

    [Fact]
    public async Task A_call_that_is_over_when_its_music_comes_hears_nothing()
    {
        await Upload(SoundKind.MusicOnHold, Three);
        Script.Sounds.Hold();
        var test = Script.Registered("101").Invites("*44");
        test.Gets(200);
        test.Sends("ACK");
        var media = Script.LastCall.Caller!.Media;
        test.HangsUp();

        Script.Sounds.Let();
        await Until(() => Held(SoundKind.MusicOnHold) is not null);

        Assert.Null(media.Playing);
    }

    [Fact]
    public async Task Another_upload_is_heard_by_the_next_hold_also_of_a_call_that_began_before()
    {
        await Upload(SoundKind.MusicOnHold, Three);
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        Holds(call, callee);
        await Until(() => CalleeHears is not null);
        var before = CalleeHears;

        await Upload(SoundKind.MusicOnHold, Two);
        Assert.Same(before, CalleeHears);
        Resumes(call, callee);
        Holds(call, callee, 4);
        await Until(() => CalleeHears is not null);
        Assert.Equal(TimeSpan.FromSeconds(2), CalleeHears!.Duration);

        await Delete(SoundKind.MusicOnHold);
        Resumes(call, callee, 5);
        Holds(call, callee, 6);
        Assert.Same(DefaultSounds.Music, CalleeHears);
        Assert.Equal(0, Script.Context.Sounds.Bytes);
        Ends(call, callee);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_storage_does_not_give_is_the_default_until_it_does(bool isThere)
    {
        var id = await Upload(SoundKind.MusicOnHold, Three, isThere);
        Script.Sounds.IsDown = isThere;
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        Holds(call, callee);
        await Until(() => CalleeHears is not null);
        Assert.Same(DefaultSounds.Music, CalleeHears);

        Script.Sounds.IsDown = false;
        Script.Sounds.Put(SipScript.Tenant, id, Three);
        Resumes(call, callee);
        Holds(call, callee, 4);
        Assert.Equal(1, Script.Sounds.Asked);
        Assert.Same(DefaultSounds.Music, CalleeHears);

        // It is asked for again beside the call that hears the default.
        Script.Passes(31);
        Resumes(call, callee, 5);
        Holds(call, callee, 6);
        await Until(() => Held(SoundKind.MusicOnHold) is not null);
        Resumes(call, callee, 7);
        Holds(call, callee, 8);
        Assert.Equal(TimeSpan.FromSeconds(3), CalleeHears!.Duration);
        Ends(call, callee);
    }

    [Fact]
    public async Task Storage_that_does_not_answer_is_waited_for_three_seconds()
    {
        await Upload(SoundKind.MusicOnHold, Three);
        Script.Sounds.Hold();
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        Holds(call, callee);
        await Until(() => Script.Sounds.Asked == 1);

        Script.Passes(2.9);
        Assert.Null(CalleeHears);
        Script.Passes(0.2);

        await Until(() => CalleeHears == DefaultSounds.Music);
        Ends(call, callee);
    }

    [Fact]
    public async Task What_is_no_sound_in_storage_is_the_default()
    {
        await Upload(SoundKind.MusicOnHold, [1, 2, 3]);
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        Holds(call, callee);

        await Until(() => CalleeHears == DefaultSounds.Music);
        Ends(call, callee);
    }

    [Fact]
    public async Task A_caller_hears_the_tenants_own_announcement_to_its_end_and_is_refused_then()
    {
        await Upload(SoundKind.NotInService, Two, announces: true);
        Script.Sounds.Hold();
        var call = Script.Registered("101").Invites("999");
        await Until(() => Script.Sounds.Asked == 1);
        Assert.False(Script.LastCall.IsOver);

        Script.Sounds.Let();
        await Until(() => Script.LastCall.HasEarlyMedia);
        call.Gets(183);
        Assert.Equal(TimeSpan.FromSeconds(2), Script.LastCall.Caller!.Media.Playing!.Duration);
        Script.Passes(2);
        call.GetsNothing();
        Script.Passes(0.2);

        call.GetsRefusal(404);
    }

    [Fact]
    public async Task A_caller_that_gives_up_while_its_announcement_is_read_is_done()
    {
        await Upload(SoundKind.NotInService, Two, announces: true);
        Script.Sounds.Hold();
        var call = Script.Registered("101").Invites("999");
        await Until(() => Script.Sounds.Asked == 1);

        call.Sends("CANCEL");
        call.Gets(200);
        call.GetsRefusal(487);
        Script.Sounds.Let();
        await Until(() => Held(SoundKind.NotInService) is not null);

        Script.Passes(5);
        call.GetsNothing();
    }

    [Fact]
    public async Task A_warning_that_is_long_in_coming_does_not_lengthen_the_call()
    {
        await Upload(SoundKind.CallEnding, Two, announces: true);
        Script.Sounds.Hold();
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        Script.Passes(90.1);
        await Until(() => Script.Sounds.Asked == 1);
        Script.Passes(2);
        Script.Sounds.Let();
        await Until(() => CalleeHears is not null);
        Assert.Equal(TimeSpan.FromSeconds(2), CalleeHears!.Duration);
        Script.Passes(2.1);
        Assert.Null(CalleeHears);
        Script.Passes(25.5);
        call.GetsNothing();
        Script.Passes(0.5);

        call.GetsBye();
        callee.GetsBye();
    }

    [Fact]
    public async Task Another_tenants_phones_hear_its_own_or_the_default()
    {
        await Upload(SoundKind.MusicOnHold, Three);
        var other = new TenantId("other");
        Script.AddTenant(other, "other.example");
        var stranger = Script.Registered("201", tenant: other).Invites("*44");
        stranger.Gets(200);
        stranger.Sends("ACK");

        Assert.Same(DefaultSounds.Music, Script.LastCall.Caller!.Media.Playing);
        stranger.HangsUp();
    }

    [Fact]
    public async Task Memory_is_bounded_and_what_was_not_played_for_longest_goes_first()
    {
        await UseScript(64, ("Sounds:MemoryMegabytes", "16"));
        var four = Wav(300_000);
        var library = Script.Context.Sounds;
        var tenants = Enumerable.Range(0, 5).Select(i => new TenantId($"music-{i}")).ToArray();
        foreach (var tenant in tenants)
        {
            Script.AddTenant(tenant, $"{tenant}.example");
            Script.Registered("101", tenant: tenant);
            await Upload(SoundKind.MusicOnHold, four, tenant: tenant);
            Script.Passes(1);
            await Until(() => library.TryFind(tenant, SoundKind.MusicOnHold, Script.Loop, () => { }, out _));
        }

        Assert.InRange(library.Bytes, 3 * 4_800_000, 16 * 1024 * 1024);
        var asked = Script.Sounds.Asked;
        Assert.True(library.TryFind(tenants[^1], SoundKind.MusicOnHold, Script.Loop, () => { }, out _));
        Assert.False(library.TryFind(tenants[0], SoundKind.MusicOnHold, Script.Loop, () => { }, out _));
        await Until(() => Script.Sounds.Asked == asked + 1);
    }

    private static byte[] Wav(int milliseconds)
    {
        var samples = new short[8 * milliseconds];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)(i % 8 * 1000);

        return WavWriter.Of(samples);
    }

    private static void Holds(PhoneCall call, PhoneCall callee, int version = 2) => Changes(call, callee, "sendonly", "recvonly", version);

    private static void Resumes(PhoneCall call, PhoneCall callee, int version = 3) => Changes(call, callee, "sendrecv", "sendrecv", version);

    private static void Changes(PhoneCall from, PhoneCall to, string asked, string agreed, int version)
    {
        from.Sends("INVITE", Sdp.Of("192.0.2.10", 40000, asked, version));
        to.Gets("INVITE");
        to.Sends(200, Sdp.Of("192.0.2.11", 41000, agreed, version));
        to.Gets("ACK");
        from.Gets(200);
        from.Sends("ACK");
    }

    private AudioClip? Held(SoundKind kind)
    {
        Script.Settle();
        return Script.Context.Sounds.TryFind(SipScript.Tenant, kind, Script.Loop, () => { }, out var clip) && clip != DefaultClips.Of(kind).Result ? clip : null;
    }

    // What is read comes back to the loop, which the test drives.
    private async Task Until(Func<bool> happened) => await Testing.Poll.Until(
        "it", () =>
        {
            Script.Settle();
            return Task.FromResult(happened());
        }, did => did, TimeSpan.FromSeconds(20));

    /// <summary>The gateway has met the tenant when it hears of the upload.</summary>
    private async Task<Guid> Upload(SoundKind kind, byte[] file, bool isThere = true, bool announces = false, TenantId? tenant = null)
    {
        var id = Guid.CreateVersion7();
        if (isThere)
            Script.Sounds.Put(tenant ?? SipScript.Tenant, id, file);
        await Change(tenant ?? SipScript.Tenant, t => t with
        {
            Sounds = [new Sound(kind, id, "own.wav", TimeSpan.FromSeconds(1), file.Length, Script.Clock.GetUtcNow())],
            Settings = announces ? t.Settings with { AnnounceRefusals = true, AnnounceCallEnd = true, MaxSessionDuration = TimeSpan.FromMinutes(2) } : t.Settings,
        });
        return id;
    }

    private Task Delete(SoundKind kind) => Change(SipScript.Tenant, t => t with { Sounds = [.. t.Sounds.Where(sound => sound.Kind != kind)] });

    private async Task Change(TenantId id, Func<Tenant, Tenant> change)
    {
        var changed = Script.Grains.Tenant(id);
        changed.Tenant = change(changed.Tenant);
        await Script.Context.Tenants.FindByDomain(changed.Tenant.Domains[0], TestContext.Current.CancellationToken);
        Script.Tell(changed.News());
    }
}
