namespace TekSipCloud.Gateway.Calls;

/// <summary>Who rings when: targets of equal preference at the same time, the most preferred first (RFC 3261 §16.6; §20.10, the q of a Contact).</summary>
internal sealed class ForkTurns
{
    private readonly CallTarget[][] _turns;
    private int _next;

    private ForkTurns(CallTarget[][] turns)
    {
        _turns = turns;
        Broadest = turns.Max(turn => turn.Length);
    }

    /// <summary>The most that ring at the same time.</summary>
    public int Broadest { get; }

    /// <summary>Who rings now; nobody before the first turn.</summary>
    public IReadOnlyList<CallTarget> Current => _next == 0 ? [] : _turns[_next - 1];

    /// <summary>Whether no turn has begun.</summary>
    public bool IsFirst => _next == 0;

    /// <summary>Whether others are left when those fail.</summary>
    public bool HasNext => _next < _turns.Length;

    /// <summary>The turns of some targets; null when all of them ring at the same time.</summary>
    public static ForkTurns? Of(IReadOnlyList<CallTarget> targets) => AreAlike(targets)
        ? null
        : new([.. targets.GroupBy(target => target.Q).OrderByDescending(turn => turn.Key).Select(turn => turn.ToArray())]);

    /// <summary>Goes on to the next turn, which must be there.</summary>
    /// <returns>How many turns share the time that is left, with this one.</returns>
    public int Next() => _turns.Length - _next++;

    // As nearly always: nobody said anything of preference.
    private static bool AreAlike(IReadOnlyList<CallTarget> targets)
    {
        for (var i = 1; i < targets.Count; i++)
        {
            if (targets[i].Q != targets[0].Q)
                return false;
        }

        return true;
    }
}
