using System.Text;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Calls;

/// <summary>As whom an extension may speak: by its username, as one of its identities, or without saying who it is.</summary>
internal static class OwnIdentity
{
    /// <summary>Which of the extension's identities a URI is; null for none.</summary>
    public static string? Find(Extension extension, SipUri uri)
    {
        if (UriUser.Is(uri, extension.Username))
            return extension.Username;

        foreach (var identity in CallerIdentities.Split(extension.Identities))
        {
            if (UriUser.Is(uri, identity))
                return identity;
        }

        return null;
    }

    /// <summary>RFC 3323 §4.1.1.3; phones put their own domain behind it too.</summary>
    public static bool IsAnonymous(SipUri uri) =>
        Ascii.EqualsIgnoreCase(uri.Host, "anonymous.invalid"u8) || Ascii.EqualsIgnoreCase(uri.User, "anonymous"u8);
}
