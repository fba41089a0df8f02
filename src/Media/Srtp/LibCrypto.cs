using System.Runtime.InteropServices;

namespace TekSipCloud.Media.Srtp;

/// <summary>OpenSSL's library as the runtime's own cryptography uses it on Linux; elsewhere there is none.</summary>
internal static class LibCrypto
{
    // Only versions whose structures are known here.
    private static readonly string[] Names = ["libcrypto.so.3", "libcrypto.so.1.1"];
    private static readonly nint Library = Load();

    /// <summary>The address of a function; 0 when it is not there.</summary>
    public static nint Find(string function) => Library != 0 && NativeLibrary.TryGetExport(Library, function, out var address) ? address : 0;

    private static nint Load()
    {
        if (!OperatingSystem.IsLinux())
            return 0;

        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var library))
                return library;
        }

        return 0;
    }
}
