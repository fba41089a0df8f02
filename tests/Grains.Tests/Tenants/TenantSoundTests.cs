using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Sounds;

namespace TekSipCloud.Grains.Tests.Tenants;

/// <summary>Which sounds a tenant has of its own: known to its gateways, one of a kind, gone with the tenant.</summary>
public sealed class TenantSoundTests(SiloFixture silo) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task A_sound_replaces_the_one_before_outlives_the_activation_and_gateways_hear_of_it()
    {
        var id = await silo.NewTenant();
        var gateway = new RecordingGateway();
        await silo.Tenant(id).Subscribe(silo.Grains.CreateObjectReference<IGatewayObserver>(gateway)).Soon();
        var (music, other, announcement) = (NewSound(SoundKind.MusicOnHold), NewSound(SoundKind.MusicOnHold), NewSound(SoundKind.Unavailable));

        Assert.Empty((await silo.Tenant(id).SetSound(music).Soon()).Value);
        Assert.Empty((await silo.Tenant(id).SetSound(announcement).Soon()).Value);
        Assert.Equal([music], (await silo.Tenant(id).SetSound(other).Soon()).Value);

        await silo.ForgetAll();
        var tenant = (await silo.Tenant(id).Get().Soon()).Value!.Value;
        Assert.Equal([other, announcement], tenant.Sounds);
        Assert.Equal(other, tenant.FindSound(SoundKind.MusicOnHold));
        Assert.Null(tenant.FindSound(SoundKind.NotInService));
        foreach (var expected in (Sound[][])[[music], [music, announcement], [other, announcement]])
            Assert.Equal(expected, (await gateway.NextNews()).Snapshot!.Tenant.Sounds);
        GC.KeepAlive(gateway);
    }

    [Fact]
    public async Task A_sound_removed_leaves_the_default_and_there_is_no_other_to_remove()
    {
        var id = await silo.NewTenant();
        var music = NewSound(SoundKind.MusicOnHold);
        await silo.Tenant(id).SetSound(music).Soon();

        Assert.Equal([music], (await silo.Tenant(id).RemoveSound(SoundKind.MusicOnHold).Soon()).Value);

        Assert.Empty((await silo.Tenant(id).Get().Soon()).Value!.Value.Sounds);
        Assert.Equal(ProblemKind.NotFound, (await silo.Tenant(id).RemoveSound(SoundKind.MusicOnHold).Soon()).Problem?.Kind);
    }

    [Fact]
    public async Task A_change_of_the_tenant_leaves_its_sounds()
    {
        var id = await silo.NewTenant();
        var music = NewSound(SoundKind.MusicOnHold);
        await silo.Tenant(id).SetSound(music).Soon();

        await silo.Tenant(id).Change(new(Name: "Other", Settings: new TenantSettings { MaxBindings = 3 }), WriteCondition.None).Soon();

        Assert.Equal([music], (await silo.Tenant(id).Get().Soon()).Value!.Value.Sounds);
    }

    [Theory]
    [InlineData(SoundKind.MusicOnHold, 301, "music", "Duration")]
    [InlineData(SoundKind.CallEnding, 21, "beep", "Duration")]
    [InlineData(SoundKind.NotInService, 0, "nothing", "Duration")]
    [InlineData((SoundKind)9, 5, "music", "Kind")]
    [InlineData(SoundKind.MusicOnHold, 5, "two\nlines", "Name")]
    public async Task What_no_sound_can_be_is_refused(SoundKind kind, int seconds, string name, string field)
    {
        var refused = await silo.Tenant(await silo.NewTenant()).SetSound(NewSound(kind) with { Duration = TimeSpan.FromSeconds(seconds), Name = name }).Soon();

        Assert.Equal([field], refused.Problem!.Fields.Select(problem => problem.Field));
    }

    [Fact]
    public async Task Nobody_has_a_sound_who_is_no_tenant()
    {
        var nobody = silo.Tenant(new TenantId("nobody-there"));

        Assert.Equal(ProblemKind.NotFound, (await nobody.SetSound(NewSound(SoundKind.MusicOnHold)).Soon()).Problem?.Kind);
        Assert.Equal(ProblemKind.NotFound, (await nobody.RemoveSound(SoundKind.MusicOnHold).Soon()).Problem?.Kind);
    }

    [Fact]
    public async Task With_the_tenant_goes_the_audio_also_of_what_it_used_before()
    {
        var id = await silo.NewTenant();
        var store = silo.Get<SoundStore>();
        var left = Guid.CreateVersion7();
        await store.Keep(id, left, new byte[100], TestContext.Current.CancellationToken);
        await silo.Tenant(id).SetSound(NewSound(SoundKind.MusicOnHold)).Soon();
        await silo.Tenant(id).RemoveSound(SoundKind.MusicOnHold).Soon();

        Assert.Null((await silo.Tenant(id).Delete(WriteCondition.None).Soon()).Problem);

        Assert.Null(await store.Open(id, left, TestContext.Current.CancellationToken));
    }

    private static Sound NewSound(SoundKind kind) => new(
        kind, Guid.CreateVersion7(), "sound.wav", TimeSpan.FromSeconds(5), 80_044, new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero));
}
