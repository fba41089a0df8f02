using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Sounds;

/// <summary>Changes what a tenant's phones hear: first the audio, then the tenant that names it, then what nobody names any more goes.</summary>
internal sealed partial class SoundChange(
    ISounds sounds, ISoundNotes notes, IGrainFactory grains, IEventLog events, TimeProvider clock, ILogger<SoundChange> logger)
{
    /// <summary>Has a file played from now on. Once begun it is not given up half done.</summary>
    public async Task<Result<Sound>> Store(TenantId tenant, SoundKind kind, string name, SoundFile file, string? by)
    {
        if (sounds.Obstacle is { } obstacle)
            return new Problem(ProblemKind.Conflict, $"Sounds can't be kept here. {obstacle}");

        var sound = new Sound(kind, Guid.CreateVersion7(clock.GetUtcNow()), name, file.Duration, file.Bytes.Length, clock.GetUtcNow());
        var note = await notes.Begin(tenant, CancellationToken.None);
        await sounds.Keep(tenant, sound.Id, file.Bytes, CancellationToken.None);
        var replaced = await grains.Tenant(tenant).SetSound(sound);
        if (!replaced.IsSuccess)
        {
            await Drop(tenant, [sound], note);
            return replaced.Problem;
        }

        await Drop(tenant, replaced.Value, note);
        events.Write(tenant, EventType.Information, $"{by} uploaded {Describe(kind)}.");
        return sound;
    }

    /// <summary>Has the default played from now on.</summary>
    public async Task<Result> Remove(TenantId tenant, SoundKind kind, string? by)
    {
        var note = await notes.Begin(tenant, CancellationToken.None);
        var removed = await grains.Tenant(tenant).RemoveSound(kind);
        await Drop(tenant, removed.IsSuccess ? removed.Value : [], note);
        if (!removed.IsSuccess)
            return removed.Problem;

        events.Write(tenant, EventType.Information, $"{by} deleted {Describe(kind)}: the default is played.");
        return Result.Done;
    }

    /// <summary>Removes what nobody hears any more, and then the note of it.</summary>
    private async Task Drop(TenantId tenant, ImmutableArray<Sound> unused, Guid note)
    {
        try
        {
            foreach (var sound in unused)
                await sounds.Delete(tenant, sound.Id, CancellationToken.None);
            await notes.End(note, CancellationToken.None);
        }
        catch (Exception fault)
        {
            // The note stays, and what is left is found by it.
            LogLeft(tenant, fault.Message);
        }
    }

    private static string Describe(SoundKind kind) => kind switch
    {
        SoundKind.MusicOnHold => "music on hold",
        SoundKind.NotInService => "the announcement of numbers that nobody has",
        SoundKind.Unavailable => "the announcement of numbers that cannot be reached",
        _ => "the announcement of a call's end",
    };

    [LoggerMessage(5021, LogLevel.Warning, "A sound that tenant {Tenant} uses no more could not be removed, which will be done later: {Reason}")]
    private partial void LogLeft(TenantId tenant, string reason);
}
