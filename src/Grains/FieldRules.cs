using System.Collections.Immutable;
using TekSipCloud.Contracts;

namespace TekSipCloud.Grains;

/// <summary>Collects what is wrong with a record's fields.</summary>
internal sealed class FieldRules
{
    private readonly ImmutableArray<FieldProblem>.Builder _problems = ImmutableArray.CreateBuilder<FieldProblem>();

    /// <summary>All of it; null when nothing is wrong.</summary>
    public Problem? Problem => _problems.Count > 0 ? Problem.Invalid(_problems.ToImmutable()) : null;

    /// <summary>Notes a problem unless the rule holds.</summary>
    public FieldRules Demand(bool holds, string field, string detail)
    {
        if (!holds)
            _problems.Add(new(field, detail));

        return this;
    }

    /// <summary>Demands printable text of at most so many characters.</summary>
    public FieldRules DemandText(string? text, int maxLength, string field, int minLength = 0) => Demand(
        text is not null && text.Length >= minLength && text.Length <= maxLength && IsPrintable(text),
        field,
        $"{field} takes {minLength} to {maxLength} characters, none of them a control character.");

    /// <summary>Demands a moment's length within bounds.</summary>
    public FieldRules DemandRange(TimeSpan value, TimeSpan min, TimeSpan max, string field) =>
        Demand(value >= min && value <= max, field, $"{field} is from {min} to {max}.");

    /// <summary>Demands a number within bounds.</summary>
    public FieldRules DemandRange(int value, int min, int max, string field) =>
        Demand(value >= min && value <= max, field, $"{field} is from {min} to {max}.");

    /// <summary>Demands what can stand before a dialled number.</summary>
    public FieldRules DemandPrefix(string? prefix, string field) => Demand(
        prefix is { Length: <= 32 } && prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '*' or '#' or '-' or '.' or '_'),
        field,
        $"{field} takes up to 32 letters, digits and + * # - . _");

    // Text reaches logs, headers and rows: no control characters and no half surrogate pairs.
    private static bool IsPrintable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsControl(text[i]) || char.IsSurrogate(text[i]))
                return false;
        }

        return true;
    }
}
