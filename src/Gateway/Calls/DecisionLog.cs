using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Gateway.Calls;

/// <summary>The steps of one call in order, bounded; the last of them is always how it ended.</summary>
internal sealed class DecisionLog(TimeProvider clock)
{
    private const int MaxLines = 200;

    /// <summary>Tenant, authentication, extension, ringing, answer and end.</summary>
    private const int UsualLines = 6;

    private Decision[] _lines = new Decision[UsualLines];
    private int _count;

    public void Add(string step, string text)
    {
        if (_count < MaxLines - 1)
            Append(step, text);
    }

    /// <summary>How the call ended. For this there is always room.</summary>
    public void End(string text) => Append("end", text);

    /// <summary>The lines so far. What comes later changes nothing about them: lines are added only behind, and behind a full array only to its copy.</summary>
    public ImmutableArray<Decision> Read() =>
        _count == _lines.Length ? ImmutableCollectionsMarshal.AsImmutableArray(_lines) : [.. _lines.AsSpan(0, _count)];

    private void Append(string step, string text)
    {
        if (_count == _lines.Length)
            Array.Resize(ref _lines, _count * 2);
        _lines[_count++] = new Decision(clock.GetUtcNow(), step, text);
    }
}
