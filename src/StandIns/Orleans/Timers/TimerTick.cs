using Orleans.Calls;
using Orleans.Silos;

namespace Orleans.Timers;

/// <summary>One tick of a timer, waiting for its turn.</summary>
internal sealed class TimerTick(GrainTimer timer) : Turn
{
    public override bool IsReadOnly => false;

    public override bool AlwaysInterleaves => timer.Interleaves;

    public override bool CountsAsUse => timer.KeepsAlive;

    public override bool IsOver => timer.IsOver;

    public override Task Run(Activation activation) => timer.Tick();
}
