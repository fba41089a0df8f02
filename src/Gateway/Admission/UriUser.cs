using System.Text;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Admission;

/// <summary>The user part of a URI against a username.</summary>
internal static class UriUser
{
    private const int MaxBytes = 256;

    /// <summary>Whether the user part, its escapes undone, is the name.</summary>
    public static bool Is(SipUri uri, string username)
    {
        Span<byte> bytes = stackalloc byte[MaxBytes];
        Span<char> text = stackalloc char[MaxBytes];
        return uri.User.Length <= MaxBytes
            && Encoding.UTF8.TryGetChars(uri.UnescapeUser(bytes), text, out var length)
            && text[..length].SequenceEqual(username);
    }
}
