using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TekSipCloud.Media.Dtls;

/// <summary>Whether this machine has the OpenSSL that DTLS needs.</summary>
public static class OpenSslLibrary
{
    private static readonly Lazy<string?> Absence = new(() => WhyAbsent(LibCrypto.Name, LibSsl.Name));

    /// <summary>Whether OpenSSL 3 is there.</summary>
    /// <param name="whyNot">What to install, else null: for the operator.</param>
    public static bool IsAvailable([NotNullWhen(false)] out string? whyNot)
    {
        whyNot = Absence.Value;
        return whyNot is null;
    }

    internal static string? WhyAbsent(params ReadOnlySpan<string> libraries)
    {
        foreach (var library in libraries)
        {
            // Never unloaded: what is called later is found in it.
            if (!NativeLibrary.TryLoad(library, out _))
                return $"{library} is not on this machine; it is part of OpenSSL 3 (on Debian and Ubuntu the package libssl3).";
        }

        return null;
    }
}
