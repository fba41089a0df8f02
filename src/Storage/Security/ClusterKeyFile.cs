using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TekSipCloud.Storage.Security;

/// <summary>
/// The key source of one machine: <c>keys/cluster.key</c> in the data folder, a line <c>version base64</c> for each
/// key. The highest version encrypts; to rotate, add a line with the next version and restart; the others still
/// decrypt.
/// </summary>
internal static partial class ClusterKeyFile
{
    public const int KeyBytes = 32;

    /// <summary>Reads the keys by version; makes the file when there is none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged; it is never replaced, because all secrets depend on
    /// it.</exception>
    public static SortedDictionary<int, byte[]> ReadOrCreate(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "keys", "cluster.key");
        if (!File.Exists(path))
            Create(path);

        var keys = new SortedDictionary<int, byte[]>();
        foreach (var line in File.ReadLines(path).Where(line => line.Length > 0))
        {
            if (!TryParse(line, out var version, out var key) || !keys.TryAdd(version, key))
                throw new InvalidDataException($"{path} has a line that is no key.");
        }

        return keys.Count > 0 ? keys : throw new InvalidDataException($"{path} holds no key.");
    }

    private static bool TryParse(string line, out int version, out byte[] key)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var buffer = new byte[KeyBytes];
        key = buffer;
        version = 0;
        return space > 0
            && int.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out version)
            && Convert.TryFromBase64String(line[(space + 1)..].Trim(), buffer, out var written)
            && written == KeyBytes;
    }

    // Written aside and given its name: another process that starts at the same time sees the whole file or none.
    private static void Create(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var aside = $"{path}.{Guid.NewGuid():N}";
        var owner = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            owner.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(aside, owner))
            writer.WriteLine($"1 {Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes))}");

        if (OperatingSystem.IsWindows())
            MoveIfFirst(aside, path);
        else
            LinkIfFirst(aside, path);
    }

    private static void MoveIfFirst(string aside, string path)
    {
        try
        {
            File.Move(aside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(aside);
        }
    }

    // File.Move looks whether there is such a file and then renames: of two processes both may find none, and the second's key replaces the one that
    // the first works with. A link is made or not.
    private static void LinkIfFirst(string aside, string path)
    {
        // A file system without links has the move.
        if (Link(aside, path) == 0 || File.Exists(path))
            File.Delete(aside);
        else
            MoveIfFirst(aside, path);
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string name);
}
