using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TekSipCloud.Media.Dtls;

/// <summary>What OpenSSL says of what went wrong on this thread.</summary>
internal static unsafe class OpenSslError
{
    /// <summary>The first fault since errors were cleared, in OpenSSL's words.</summary>
    public static string Read()
    {
        var reason = LibCrypto.ReasonOf(LibCrypto.PeekError());
        var text = reason is null ? null : Marshal.PtrToStringUTF8((nint)reason);
        LibCrypto.ClearErrors();
        return text ?? "unknown fault";
    }

    /// <summary>A handle that is one.</summary>
    /// <exception cref="CryptographicException">OpenSSL could not make it.</exception>
    public static T Checked<T>(T handle)
        where T : SafeHandle
    {
        if (!handle.IsInvalid)
            return handle;

        handle.Dispose();
        throw new CryptographicException($"OpenSSL: {Read()}");
    }

    /// <summary>Throws when a setting was refused.</summary>
    /// <exception cref="CryptographicException">It was.</exception>
    public static void Check(bool isDone, string what)
    {
        if (!isDone)
            throw new CryptographicException($"OpenSSL refused {what}: {Read()}");
    }
}
