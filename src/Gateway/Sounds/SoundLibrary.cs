using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Media.Playback;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Sounds;

/// <summary>
/// What the tenants' phones hear of us: their own sounds, read from storage when a call first needs one and held once for all calls, or the defaults.
/// A loop never waits: it asks again when the sound is there. Thread-safe.
/// </summary>
internal sealed partial class SoundLibrary(
    TenantViews tenants, ISounds storage, IOptions<SoundOptions> options, TimeProvider clock, ILogger<SoundLibrary> logger)
{
    private readonly ConcurrentDictionary<(TenantId Tenant, SoundKind Kind), HeldSound> _own = new();
    private readonly long _limit = options.Value.MemoryMegabytes * 1024L * 1024;

    /// <summary>The memory of all sounds held.</summary>
    public long Bytes => _own.Values.Sum(held => (long)(held.Clip?.Bytes ?? 0));

    /// <summary>
    /// What is played to a tenant's phones now. False when it is not there yet: then <paramref name="again"/> happens on the loop as soon as it is, or
    /// the default in its place.
    /// </summary>
    public bool TryFind(TenantId tenant, SoundKind kind, SignallingLoop loop, Action again, [NotNullWhen(true)] out AudioClip? clip)
    {
        var held = FindOwn(tenant, kind);
        clip = held?.Clip;
        if (clip is not null)
            return true;

        var reading = held is null ? Task.CompletedTask : Read(tenant, held);
        var isDefault = held is null || held.HasFailed(out _);
        if (isDefault && DefaultClips.Of(kind) is { IsCompletedSuccessfully: true, Result: var computed })
        {
            clip = computed;
            return true;
        }

        _ = Announce(isDefault ? DefaultClips.Of(kind) : reading, kind, loop, again);
        return false;
    }

    private static async Task Announce(Task ready, SoundKind kind, SignallingLoop loop, Action again)
    {
        await ready.ConfigureAwait(false);
        // In case storage did not give it.
        await DefaultClips.Of(kind).ConfigureAwait(false);
        // Not as new work, which a full loop refuses: the call waits for it.
        loop.Context.Post(static again => ((Action)again!)(), again);
    }

    /// <summary>The tenant's own sound as it is known now, whatever a call knew when it began; null when it has none.</summary>
    private HeldSound? FindOwn(TenantId tenant, SoundKind kind)
    {
        if (tenants.Find(tenant)?.Tenant.FindSound(kind) is not { } own)
        {
            _own.TryRemove((tenant, kind), out _);
            return null;
        }

        var held = _own.AddOrUpdate((tenant, kind), static (_, sound) => new(sound), static (_, held, sound) => held.Id == sound.Id ? held : new(sound), own);
        held.NoteAsked(clock.GetTimestamp());
        return held;
    }

    // A sound that storage did not give is asked for again now and then; meanwhile nobody waits for it.
    private Task Read(TenantId tenant, HeldSound held) =>
        held.HasFailed(out var when) && clock.GetElapsedTime(when) < options.Value.RetryPeriod
            ? Task.CompletedTask
            : held.Load(sound => Read(tenant, sound), clock);

    private async Task<AudioClip?> Read(TenantId tenant, Sound sound)
    {
        using var late = new CancellationTokenSource(options.Value.LoadTimeout, clock);
        try
        {
            var file = await ReadFile(tenant, sound, late.Token).WaitAsync(late.Token);
            if (!WavReader.TryRead(file, out var wav, out var refusal))
                throw new InvalidDataException(refusal);

            var clip = AudioClip.FromWav(wav);
            MakeRoom(clip.Bytes);
            return clip;
        }
        catch (Exception fault)
        {
            LogNotRead(sound.Kind, tenant, fault is OperationCanceledException ? "storage does not answer in time" : fault.Message);
            return null;
        }
    }

    private async Task<byte[]> ReadFile(TenantId tenant, Sound sound, CancellationToken cancel)
    {
        await using var stream = await storage.Open(tenant, sound.Id, cancel) ?? throw new FileNotFoundException("it is not there");
        using var file = new MemoryStream(sound.Bytes);
        await stream.CopyToAsync(file, cancel);
        return file.ToArray();
    }

    private void MakeRoom(long needed)
    {
        var excess = Bytes + needed - _limit;
        foreach (var (key, held) in excess > 0 ? _own.Where(entry => entry.Value.Clip is not null).OrderBy(entry => entry.Value.Asked).ToArray() : [])
        {
            if (excess <= 0)
                return;

            // Calls that play it go on with it.
            if (_own.TryRemove(new(key, held)))
                excess -= held.Clip?.Bytes ?? 0;
        }
    }

    [LoggerMessage(4110, LogLevel.Warning, "The sound {Kind} of tenant {Tenant} can't be read, the default is played: {Reason}")]
    private partial void LogNotRead(SoundKind kind, TenantId tenant, string reason);
}
