using System.Globalization;

namespace TekSipCloud.Testing.Phones;

/// <summary>A response as it came.</summary>
/// <param name="Text">All of it.</param>
public sealed record SipAnswer(string Text)
{
    /// <summary>Its code.</summary>
    public int Status => int.Parse(Text.AsSpan("SIP/2.0 ".Length, 3), CultureInfo.InvariantCulture);

    /// <summary>A header's value; null when it is not there.</summary>
    public string? Header(string name) => Text.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
