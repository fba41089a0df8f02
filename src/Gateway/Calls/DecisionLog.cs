using System.Collections.Immutable;
using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Gateway.Calls;

/// <summary>The steps of one call in order, bounded.</summary>
internal sealed class DecisionLog(TimeProvider clock)
{
    private const int MaxLines = 200;
    private const int UsualLines = 8;
    private readonly List<Decision> _lines = new(UsualLines);

    public void Add(string step, string text)
    {
        if (_lines.Count < MaxLines)
            _lines.Add(new Decision(clock.GetUtcNow(), step, text));
    }

    public ImmutableArray<Decision> Read() => [.. _lines];
}
