using System.Globalization;
using System.Text.Json;

namespace TekSipCloud.Api.TekSip;

/// <summary>
/// Reads a request's members leniently: at the top level or under <c>Data</c>, in any case, numbers and booleans also as text.
/// What is missing or can't be read is noted in <see cref="Fault"/>; the first fault stays.
/// </summary>
internal sealed class TekSipFields
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.OrdinalIgnoreCase);

    public TekSipFields(JsonElement root)
    {
        Take(root);
        if (_members.TryGetValue("Data", out var nested) && nested.ValueKind == JsonValueKind.Object)
            Take(nested);
    }

    /// <summary>The first thing wrong, in one sentence; null for nothing.</summary>
    public string? Fault { get; private set; }

    public string? FindText(string name)
    {
        if (!_members.TryGetValue(name, out var value))
            return null;

        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return ReadText(name, value);
            case JsonValueKind.Number:
            case JsonValueKind.True:
            case JsonValueKind.False:
                return value.GetRawText();
            case JsonValueKind.Null:
                return null;
            default:
                Fault ??= $"{name} must be a text.";
                return null;
        }
    }

    public string Text(string name, string fallback = "") => FindText(name) ?? fallback;

    /// <summary>A member that can't be left out, nor be empty.</summary>
    public string Demand(string name)
    {
        var text = Text(name);
        if (text.Length == 0)
            Fault ??= $"Cannot apply changes; enter minimum configuration: {name} is missing.";
        return text;
    }

    public bool Flag(string name, bool fallback)
    {
        var text = FindText(name)?.Trim();
        if (string.IsNullOrEmpty(text))
            return fallback;
        if (text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase))
            return true;
        if (text != "0" && !text.Equals("false", StringComparison.OrdinalIgnoreCase))
            Fault ??= $"{name} must be true or false.";
        return false;
    }

    public int Number(string name, int fallback)
    {
        var text = FindText(name)?.Trim();
        if (string.IsNullOrEmpty(text))
            return fallback;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            Fault ??= $"{name} must be a whole number.";
        return number;
    }

    /// <summary>A member of an enumeration, by number or by name.</summary>
    public T Choice<T>(string name, T fallback)
        where T : struct, Enum
    {
        var text = FindText(name)?.Trim();
        if (string.IsNullOrEmpty(text))
            return fallback;
        if (EnumText.TryRead<T>(text, out var value))
            return value;

        Fault ??= $"{name} must be one of {string.Join(", ", Enum.GetNames<T>())}.";
        return fallback;
    }

    private string? ReadText(string name, JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: JSON can say it, no UTF-8 can.
            Fault ??= $"{name} is not Unicode text.";
            return null;
        }
    }

    private void Take(JsonElement members)
    {
        foreach (var member in members.EnumerateObject())
            _members[member.Name] = member.Value;
    }
}
