using System.Text;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Calls;

/// <summary>A number or name as the user part of a URI.</summary>
internal static class UserPart
{
    private const int OnStack = 256;

    /// <summary>The most bytes that the escaped user part takes.</summary>
    public static int MaxEscapedBytes(string user) => 3 * Encoding.UTF8.GetMaxByteCount(user.Length);

    /// <summary>Writes the escaped user part into room for it, and tells how long it is.</summary>
    public static int Escape(string user, Span<byte> escaped)
    {
        var most = Encoding.UTF8.GetMaxByteCount(user.Length);
        var plain = most <= OnStack ? stackalloc byte[OnStack] : new byte[most];
        plain = plain[..Encoding.UTF8.GetBytes(user, plain)];
        var written = SipUri.EscapeUser(plain, escaped);
        written.CopyTo(escaped);
        return written.Length;
    }
}
