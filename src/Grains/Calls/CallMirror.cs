using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Grains.Calls;

/// <summary>What is known of a call.</summary>
/// <param name="Call">Its latest state while it is in progress.</param>
/// <param name="IsOver">It has ended, and nothing opens it again.</param>
internal sealed record CallMirror(CallSummary? Call, bool IsOver)
{
    public static readonly CallMirror Unknown = new(null, IsOver: false);

    public static readonly CallMirror Over = new(null, IsOver: true);

    public static CallMirror Of(CallSummary call) => new(call, IsOver: false);

    /// <summary>The call is announced; a second announcement changes nothing.</summary>
    public CallMirror Open(CallSummary call) => IsOver || Call is not null ? this : Of(call);

    /// <summary>The call went on; states never go back, as reports may come twice.</summary>
    public CallMirror Progress(CallSummary call) =>
        IsOver || (Call is { } held && call.State < held.State) ? this : Of(call);
}
