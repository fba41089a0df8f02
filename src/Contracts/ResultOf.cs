using System.Diagnostics.CodeAnalysis;

namespace TekSipCloud.Contracts;

/// <summary>The outcome of a grain call that can be refused: a value, or the <see cref="Problem"/> that says why.</summary>
[GenerateSerializer, Alias("result`1")]
[SuppressMessage("Design", "MA0048:File name must match type name", Justification = "The generic twin of Result.")]
public sealed record Result<T>
{
    /// <summary>The value; default when refused.</summary>
    [Id(0)]
    public T? Value { get; init; }

    /// <summary>The refusal; null when the call succeeded.</summary>
    [Id(1)]
    public Problem? Problem { get; init; }

    /// <summary>Whether the call did what was asked.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsSuccess => Problem is null;

    /// <summary>Succeeds with a value.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "The two conversions are the constructors of this type.")]
    public static implicit operator Result<T>(T value) => new() { Value = value };

    /// <summary>Refuses with a problem.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "The two conversions are the constructors of this type.")]
    public static implicit operator Result<T>(Problem problem) => new() { Problem = problem };
}
