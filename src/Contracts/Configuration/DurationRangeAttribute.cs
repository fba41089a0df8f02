using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace TekSipCloud.Contracts.Configuration;

/// <summary>
/// The durations that a setting may have, both ends included. Unlike <see cref="RangeAttribute"/>, which converts its ends at the first look and must
/// not be looked at by two threads meanwhile, it is immutable: several hosts of one process validate the same options at the same time.
/// </summary>
/// <param name="least">The shortest, as the invariant form of <see cref="TimeSpan"/>.</param>
/// <param name="most">The longest, likewise.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationRangeAttribute(string least, string most)
    : ValidationAttribute($"The field {{0}} must be between {least} and {most}.")
{
    private readonly TimeSpan _least = TimeSpan.Parse(least, CultureInfo.InvariantCulture);
    private readonly TimeSpan _most = TimeSpan.Parse(most, CultureInfo.InvariantCulture);

    /// <summary>The shortest.</summary>
    public string Least { get; } = least;

    /// <summary>The longest.</summary>
    public string Most { get; } = most;

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is TimeSpan duration && duration >= _least && duration <= _most;
}
