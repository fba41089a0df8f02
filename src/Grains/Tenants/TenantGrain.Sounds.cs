using System.Collections.Immutable;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Sounds;

namespace TekSipCloud.Grains.Tenants;

internal sealed partial class TenantGrain
{
    public Task<Result<ImmutableArray<Sound>>> SetSound(Sound sound) =>
        TenantRules.ValidateSound(sound) is { } invalid
            ? Task.FromResult<Result<ImmutableArray<Sound>>>(invalid)
            : PutSound(sound.Kind, sound, "sound uploaded");

    public Task<Result<ImmutableArray<Sound>>> RemoveSound(SoundKind kind) =>
        Present is { } row && row.Value.Tenant.FindSound(kind) is null
            ? Task.FromResult<Result<ImmutableArray<Sound>>>(Problem.NotFound("The default sound is in use already."))
            : PutSound(kind, null, "sound removed");

    private async Task<Result<ImmutableArray<Sound>>> PutSound(SoundKind kind, Sound? sound, string action)
    {
        if (Present is not { } row)
            return NoSuchTenant;

        var before = TenantRules.SoundsOf(row.Value.Tenant);
        var document = TenantRules.WithSound(row.Value, kind, sound);
        await Store(document, action);
        await Publish(new() { Tenant = Id, Snapshot = Snapshot() });
        return before.RemoveRange(document.Tenant.Sounds);
    }
}
