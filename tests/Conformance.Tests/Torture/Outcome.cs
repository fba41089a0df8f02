namespace TekSipCloud.Conformance.Tests.Torture;

/// <summary>What becomes of a message on one transport.</summary>
/// <param name="Kind">In what way.</param>
/// <param name="Status">The final code; 0 where there is none.</param>
public sealed record Outcome(OutcomeKind Kind, int Status = 0)
{
    /// <summary>Whether a stream is closed afterwards, because nobody knows where the next message begins.</summary>
    public bool Closes { get; init; }

    /// <summary>On a stream what follows the message is a request of its own: the code that answers it; 0 for none.</summary>
    public int Next { get; init; }

    public static Outcome Answered(int status) => new(OutcomeKind.Answered, status);

    public static Outcome Closed(int status) => new(OutcomeKind.Answered, status) { Closes = true };

    /// <summary>The called phone is busy.</summary>
    public static Outcome Called { get; } = new(OutcomeKind.Called, 486);

    public static Outcome Challenged(int status) => new(OutcomeKind.Challenged, status);

    public static Outcome Dropped { get; } = new(OutcomeKind.Dropped);

    public static Outcome Waits { get; } = new(OutcomeKind.Waits) { Closes = true };

    public override string ToString() => Kind switch
    {
        OutcomeKind.Answered => $"{Status}{(Closes ? ", closed" : "")}",
        OutcomeKind.Called => $"called: {Status}",
        OutcomeKind.Challenged => $"401, then {Status}{(Next > 0 ? $"; next: {Next}" : "")}",
        OutcomeKind.Dropped => "dropped",
        _ => "waits, closed",
    };
}
