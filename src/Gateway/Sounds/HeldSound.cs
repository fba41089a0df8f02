using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Media.Playback;

namespace TekSipCloud.Gateway.Sounds;

/// <summary>A tenant's own sound on its way from storage, and when it is there. Thread-safe.</summary>
internal sealed class HeldSound(Sound sound)
{
    private readonly Lock _lock = new();
    private volatile AudioClip? _clip;
    private Task? _loading;
    private long _asked;
    private long _failed;
    private bool _hasFailed;

    public Guid Id => sound.Id;

    /// <summary>The clip; null as long as it is not there.</summary>
    public AudioClip? Clip => _clip;

    /// <summary>When it was last asked for.</summary>
    public long Asked => Volatile.Read(ref _asked);

    public void NoteAsked(long now) => Volatile.Write(ref _asked, now);

    /// <summary>Whether storage did not give it; says when.</summary>
    public bool HasFailed(out long when)
    {
        lock (_lock)
        {
            when = _failed;
            return _hasFailed;
        }
    }

    /// <summary>The reading under way; begins one where there is none.</summary>
    public Task Load(Func<Sound, Task<AudioClip?>> read, TimeProvider clock)
    {
        lock (_lock)
        {
            if (_loading is { IsCompleted: false } || _clip is not null)
                return _loading ?? Task.CompletedTask;

            return _loading = Task.Run(async () => Take(await read(sound), clock.GetTimestamp()));
        }
    }

    private void Take(AudioClip? clip, long now)
    {
        lock (_lock)
        {
            _clip = clip;
            (_hasFailed, _failed) = (clip is null, now);
        }
    }
}
