namespace TekSipCloud.Contracts.Calls;

/// <summary>The suites of SRTP with keys in SDP, by their registered names, and lists of them as text.</summary>
public static class SrtpSuites
{
    /// <summary>All that are spoken, in the order in which they are offered where nothing else is said: what every phone has comes first.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["AES_CM_128_HMAC_SHA1_80", "AEAD_AES_256_GCM", "AEAD_AES_128_GCM", "AES_CM_128_HMAC_SHA1_32"];

    /// <summary>The names of a list; none for an empty one.</summary>
    public static string[] Split(string list) => list.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A list of names; empty for none.</summary>
    public static string Join(IEnumerable<string>? names) => string.Join(' ', names ?? []);

    /// <summary>Whether it is a list as <see cref="Join"/> makes it of known names, each once; an empty one is.</summary>
    public static bool AreValid(string list)
    {
        var names = Split(list);
        return Join(names) == list && names.All(Names.Contains) && names.Distinct(StringComparer.Ordinal).Count() == names.Length;
    }
}
