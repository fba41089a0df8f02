using System.Security.Cryptography;

namespace TekSipCloud.Testing.Fuzzing;

/// <summary>The messages that mutations begin with, and the cases that once failed: each is a file, and a test.</summary>
public static class FuzzCorpus
{
    private static readonly string Folder = RepositoryRoot.Combine("tests", "Sip.Tests", "Corpus");

    /// <summary>Where cases that failed are kept.</summary>
    public static string FoundFolder { get; } = Path.Combine(Folder, "Found");

    /// <summary>Every message of the RFCs' corpora, in the same order everywhere. Kept cases are not among them: they would change every later case.</summary>
    public static byte[][] ReadMessages() =>
        [.. Directory.GetDirectories(Folder, "Rfc*").SelectMany(folder => Directory.GetFiles(folder, "*.dat")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    /// <summary>The names of the kept cases of a kind.</summary>
    public static string[] ListFound(string kind) =>
        [.. Directory.GetFiles(FoundFolder, $"{kind}-*.dat").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    /// <summary>A kept case.</summary>
    public static byte[] ReadFound(string name) => File.ReadAllBytes(Path.Combine(FoundFolder, name));

    /// <summary>Keeps a case that failed.</summary>
    /// <returns>A sentence that says where.</returns>
    internal static string Keep(string kind, byte[] bytes)
    {
        Directory.CreateDirectory(FoundFolder);
        var file = Path.Combine(FoundFolder, $"{kind}-{Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]}.dat");
        File.WriteAllBytes(file, bytes);
        return $"It is kept as {file}.";
    }
}
