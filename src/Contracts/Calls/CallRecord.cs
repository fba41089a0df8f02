using System.Collections.Immutable;

namespace TekSipCloud.Contracts.Calls;

/// <summary>A finished call: the CDR.</summary>
[GenerateSerializer, Immutable, Alias("call-record")]
public sealed record CallRecord
{
    /// <summary>What it was while it lasted, in its last state.</summary>
    [Id(0)]
    public required CallSummary Call { get; init; }

    /// <summary>When it ended.</summary>
    [Id(1)]
    public required DateTimeOffset Ended { get; init; }

    /// <summary>The final SIP code of the INVITE; 200 for an answered call.</summary>
    [Id(2)]
    public required int Status { get; init; }

    /// <summary>Who ended it.</summary>
    [Id(3)]
    public required CallEnd EndedBy { get; init; }

    /// <summary>Why, in one sentence.</summary>
    [Id(4)]
    public string Reason { get; init; } = "";

    /// <summary>Media received from and sent to the caller; null when none was set up.</summary>
    [Id(5)]
    public MediaFigures? CallerMedia { get; init; }

    /// <summary>Media received from and sent to the callee; null when none was set up.</summary>
    [Id(6)]
    public MediaFigures? CalleeMedia { get; init; }

    /// <summary>The decision log, oldest first.</summary>
    [Id(7)]
    public ImmutableArray<Decision> Decisions { get; init; } = [];

    /// <summary>Talk time; zero when nobody answered.</summary>
    public TimeSpan Duration => Call.Answered is { } answered && Ended > answered ? Ended - answered : TimeSpan.Zero;
}
