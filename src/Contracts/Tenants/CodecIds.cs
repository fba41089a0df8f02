using System.Diagnostics.CodeAnalysis;

namespace TekSipCloud.Contracts.Tenants;

/// <summary>
/// The payload types by which codecs are offered, by translation profile (the manual's Translation), as text: <c>Default: telephone-event=96; Carrier:
/// iLBC=97, telephone-event=100</c>.
/// </summary>
public static class CodecIds
{
    /// <summary>The profile of phones, and of destinations that name no other.</summary>
    public const string DefaultProfile = "Default";

    /// <summary>The most characters.</summary>
    public const int MaxLength = 1024;

    // RFC 3551 §6: numbers whose meaning a description gives.
    private const byte First = 96;
    private const byte Last = 127;

    /// <summary>Reads the text; an empty one has no profile.</summary>
    /// <param name="text">Profiles, each with its codecs.</param>
    /// <param name="profiles">For each profile, by name, payload types by the codec's name, whose case means nothing.</param>
    /// <returns>False when it can't be read, or a profile, codec or number is there twice.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Dictionary<string, Dictionary<string, byte>>? profiles)
    {
        profiles = null;
        if (text is not { Length: <= MaxLength })
            return false;

        var found = new Dictionary<string, Dictionary<string, byte>>(StringComparer.Ordinal);
        foreach (var profile in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (profile.Split(':', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, var codecs]
                || !TryParseCodecs(codecs, out var ids)
                || !found.TryAdd(name, ids))
                return false;
        }

        profiles = found;
        return true;
    }

    private static bool TryParseCodecs(string text, out Dictionary<string, byte> ids)
    {
        ids = new(StringComparer.OrdinalIgnoreCase);
        foreach (var codec in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (codec.Split('=', StringSplitOptions.TrimEntries) is not [var name, var number]
                || !IsToken(name)
                || !byte.TryParse(number, out var id) || id is < First or > Last
                || ids.ContainsValue(id)
                || !ids.TryAdd(name, id))
                return false;
        }

        return true;
    }

    // RFC 4855 §3: names of codecs are those of media types (RFC 6838 §4.2).
    private static bool IsToken(string name) =>
        name is { Length: > 0 and <= 64 } && name.All(letter => char.IsAsciiLetterOrDigit(letter) || "-._+!#$&^".Contains(letter, StringComparison.Ordinal));
}
