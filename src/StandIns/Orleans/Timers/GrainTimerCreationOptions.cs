using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>When a grain timer ticks and whether a tick waits its turn.</summary>
public readonly struct GrainTimerCreationOptions()
{
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period) : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>Time to the first tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>Time from the end of a tick to the next; <see cref="Timeout.InfiniteTimeSpan"/> for none.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Lets ticks run beside requests. Default: false.</summary>
    public bool Interleave { get; init; }

    /// <summary>Lets ticks keep the activation from idling. Default: false.</summary>
    public bool KeepAlive { get; init; }
}
