using System.Text;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Calls;

/// <summary>A number or name as the user part of a URI.</summary>
internal static class UserPart
{
    public static string Escape(string user)
    {
        var plain = Encoding.UTF8.GetBytes(user);
        return Encoding.ASCII.GetString(SipUri.EscapeUser(plain, new byte[plain.Length * 3]));
    }
}
