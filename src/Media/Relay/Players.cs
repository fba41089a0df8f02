using TekSipCloud.Media.Playback;

namespace TekSipCloud.Media.Relay;

/// <summary>What is played by a loop: one tick of 20 ms for all of it, and none while nothing is played. Of the loop's thread.</summary>
internal sealed class Players
{
    /// <summary>A loop that was held up makes good for so much; what is older nobody's jitter buffer waits for.</summary>
    private const int MaxFramesAtOnce = 5;

    private readonly List<Player> _players = [];
    private readonly TimeProvider _clock;
    private readonly long _ticksPerFrame;
    private long _due;

    private readonly Action<Exception> _onFault;

    public Players(TimeProvider clock, Action<Exception> onFault)
    {
        _clock = clock;
        _onFault = onFault;
        _ticksPerFrame = clock.TimestampFrequency * AudioClip.FrameMilliseconds / 1000;
    }

    public int Count => _players.Count;

    /// <summary>Begins with the next tick.</summary>
    public void Add(Player player)
    {
        if (_players.Count == 0)
            _due = _clock.GetTimestamp();
        _players.Add(player);
    }

    /// <summary>How long the loop may wait for packets when nothing else limits it to less.</summary>
    /// <param name="milliseconds">What else limits it to; −1 for nothing.</param>
    public int Limit(int milliseconds)
    {
        if (_players.Count == 0)
            return milliseconds;

        var left = _due - _clock.GetTimestamp();
        // Never too early: a turn for nothing costs more than a millisecond of delay that every packet has alike.
        var wait = left <= 0 ? 0 : (int)(left * 1000 / _clock.TimestampFrequency) + 1;
        return milliseconds < 0 ? wait : Math.Min(wait, milliseconds);
    }

    /// <summary>Sends what is due.</summary>
    public void Tick()
    {
        if (_players.Count == 0)
            return;

        var late = _clock.GetTimestamp() - _due;
        if (late < 0)
            return;

        var all = 1 + late / _ticksPerFrame;
        _due += all * _ticksPerFrame;
        var frames = (int)Math.Min(all, MaxFramesAtOnce);
        // More than anybody waits for; what a loop skips it must not count for years.
        var skipped = (int)Math.Min(all - frames, int.MaxValue / 2 / AudioClip.FrameBytes);
        for (var i = _players.Count - 1; i >= 0; i--)
        {
            if (Advance(_players[i], frames, skipped))
                continue;

            _players[i] = _players[^1];
            _players.RemoveAt(_players.Count - 1);
        }
    }

    // A fault ends what is played to one party, never to the others.
    private bool Advance(Player player, int frames, int skipped)
    {
        try
        {
            return player.Advance(frames, skipped);
        }
        catch (Exception fault)
        {
            _onFault(fault);
            return false;
        }
    }
}
