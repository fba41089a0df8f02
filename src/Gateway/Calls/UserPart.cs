using System.Text;

namespace TekSipCloud.Gateway.Calls;

/// <summary>Escapes the user part of a URI (RFC 3261 §25.1: unreserved and user-unreserved stay).</summary>
internal static class UserPart
{
    private const string Plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()&=+$,;?/";

    public static string Escape(string user)
    {
        var escaped = new StringBuilder(user.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(user))
        {
            if (Plain.Contains((char)octet, StringComparison.Ordinal))
                escaped.Append((char)octet);
            else
                escaped.Append('%').Append(octet.ToString("X2", null));
        }

        return escaped.ToString();
    }
}
