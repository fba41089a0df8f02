using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Admission;

/// <summary>Extensions of SIP by the names that Supported and Require have for them (RFC 3261 §19.2).</summary>
internal static class OptionTags
{
    /// <summary>Whether one of the header's values is this tag.</summary>
    public static bool Has(SipMessage request, SipHeaderName name, ReadOnlySpan<byte> tag)
    {
        foreach (var value in request.Values(name))
        {
            if (SipToken.EqualsIgnoreCase(value, tag))
                return true;
        }

        return false;
    }

    /// <summary>Whether a request of this method may require the extension: the registrar knows RFC 3327 and RFC 5626, calls RFC 4028, RFC 3891 and RFC 3262, REFER RFC 4488.</summary>
    public static bool IsKnown(SipMethod method, ReadOnlySpan<byte> tag) => method switch
    {
        SipMethod.Register => SipToken.EqualsIgnoreCase(tag, "path"u8) || SipToken.EqualsIgnoreCase(tag, "outbound"u8),
        SipMethod.Invite => SipToken.EqualsIgnoreCase(tag, "timer"u8) || SipToken.EqualsIgnoreCase(tag, "replaces"u8)
            || SipToken.EqualsIgnoreCase(tag, "100rel"u8),
        SipMethod.Refer => SipToken.EqualsIgnoreCase(tag, "norefersub"u8),
        SipMethod.Update => SipToken.EqualsIgnoreCase(tag, "timer"u8),
        _ => false,
    };

    /// <summary>Whether the request requires an extension that is not known here.</summary>
    public static bool RequiresUnknown(SipMessage request) =>
        (request.Has(SipHeaderName.Require) && HasUnknown(request, SipHeaderName.Require))
        || (request.Has(SipHeaderName.ProxyRequire) && HasUnknown(request, SipHeaderName.ProxyRequire));

    /// <summary>RFC 3261 §8.2.2.3: names the extensions that are not known.</summary>
    public static void WriteUnsupported(SipWriter writer, SipMessage request)
    {
        WriteUnsupported(writer, request, SipHeaderName.Require);
        WriteUnsupported(writer, request, SipHeaderName.ProxyRequire);
    }

    private static bool HasUnknown(SipMessage request, SipHeaderName name)
    {
        foreach (var value in request.Values(name))
        {
            if (!IsKnown(request.Method, value))
                return true;
        }

        return false;
    }

    private static void WriteUnsupported(SipWriter writer, SipMessage request, SipHeaderName name)
    {
        foreach (var value in request.Values(name))
        {
            if (!IsKnown(request.Method, value))
                writer.Header(SipHeaderName.Unsupported, value);
        }
    }
}
