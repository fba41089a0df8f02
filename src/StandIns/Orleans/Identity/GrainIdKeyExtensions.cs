using System.Globalization;

namespace Orleans.Runtime;

/// <summary>Writes and reads integer, GUID and compound keys: hexadecimal, <c>N</c> format, <c>+extension</c>.</summary>
public static class GrainIdKeyExtensions
{
    public static IdSpan CreateIntegerKey(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    public static IdSpan CreateIntegerKey(long key, string? keyExtension) =>
        Join(key.ToString("X", CultureInfo.InvariantCulture), keyExtension);

    public static IdSpan CreateGuidKey(Guid key) => IdSpan.Create(key.ToString("N"));

    public static IdSpan CreateGuidKey(Guid key, string? keyExtension) => Join(key.ToString("N"), keyExtension);

    public static bool TryGetIntegerKey(this GrainId grainId, out long key) => grainId.TryGetIntegerKey(out key, out _);

    public static bool TryGetIntegerKey(this GrainId grainId, out long key, out string? keyExt)
    {
        var head = Split(grainId, out keyExt);
        return long.TryParse(head, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out key);
    }

    public static long GetIntegerKey(this GrainId grainId) =>
        grainId.TryGetIntegerKey(out var key) ? key : throw WrongKey(grainId, "integer");

    public static bool TryGetGuidKey(this GrainId grainId, out Guid key) => grainId.TryGetGuidKey(out key, out _);

    public static bool TryGetGuidKey(this GrainId grainId, out Guid key, out string? keyExt)
    {
        var head = Split(grainId, out keyExt);
        return Guid.TryParseExact(head, "N", out key);
    }

    public static Guid GetGuidKey(this GrainId grainId) =>
        grainId.TryGetGuidKey(out var key) ? key : throw WrongKey(grainId, "GUID");

    internal static Exception WrongKey(GrainId grainId, string kind) =>
        new InvalidOperationException($"Unable to extract {kind} key from grain id {grainId}");

    private static IdSpan Join(string key, string? extension) =>
        IdSpan.Create(string.IsNullOrWhiteSpace(extension) ? key : $"{key}+{extension}");

    private static string Split(GrainId grainId, out string? extension)
    {
        var key = grainId.Key.ToString();
        var plus = key.IndexOf('+');
        extension = plus < 0 ? null : key[(plus + 1)..];
        return plus < 0 ? key : key[..plus];
    }
}
