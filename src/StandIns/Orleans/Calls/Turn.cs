using Orleans.Serialization.Invocation;
using Orleans.Silos;

namespace Orleans.Calls;

/// <summary>What waits for its turn at an activation: a request or a timer's tick.</summary>
internal abstract class Turn
{
    public abstract bool IsReadOnly { get; }

    public abstract bool AlwaysInterleaves { get; }

    /// <summary>Whether the activation counts as used by this turn.</summary>
    public abstract bool CountsAsUse { get; }

    /// <summary>Whether nobody waits for it any more.</summary>
    public abstract bool IsOver { get; }

    /// <summary>The request, for predicates that decide about interleaving.</summary>
    public virtual IInvokable? Request => null;

    public abstract Task Run(Activation activation);
}
