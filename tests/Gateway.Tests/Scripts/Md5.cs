using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace TekSipCloud.Gateway.Tests.Scripts;

/// <summary>The hash that SIP's digest uses by default.</summary>
internal static class Md5
{
    [SuppressMessage("Security", "CA5351", Justification = "RFC 3261 §22.4 prescribes it.")]
    public static byte[] Of(ReadOnlySpan<byte> bytes) => MD5.HashData(bytes);

    public static string Hex(string text) => Convert.ToHexStringLower(Of(Encoding.UTF8.GetBytes(text)));
}
