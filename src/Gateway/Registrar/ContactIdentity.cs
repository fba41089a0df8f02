using System.Text;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>
/// Brings a Contact's URI into a form that can be compared as text (RFC 3261 §19.1.4): scheme and host in lower case, escapes undone,
/// parameters and headers sorted.
/// </summary>
internal static class ContactIdentity
{
    public static string Of(SipUri uri)
    {
        Span<byte> buffer = stackalloc byte[256];
        var user = uri.User.Length <= buffer.Length ? uri.UnescapeUser(buffer) : uri.User;
        var text = new StringBuilder(uri.Bytes.Length)
            .Append(uri.Scheme == SipUriScheme.Sips ? "sips:" : "sip:")
            .Append(Encoding.UTF8.GetString(user))
            .Append('@')
            .Append(Lower(uri.Host));
        if (uri.Port > 0)
            text.Append(':').Append(uri.Port);

        var parameters = new List<string>();
        foreach (var parameter in uri.Parameters)
            parameters.Add($";{Lower(parameter.Name)}={Lower(parameter.Value)}");

        parameters.Sort(StringComparer.Ordinal);
        text.AppendJoin("", parameters);
        if (!uri.Headers.IsEmpty)
            text.Append('?').AppendJoin('&', Lower(uri.Headers).Split('&').Order(StringComparer.Ordinal));

        return text.ToString();
    }

    private static string Lower(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text).ToLowerInvariant();
}
