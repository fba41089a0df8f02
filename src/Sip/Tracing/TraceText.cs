using System.Text;
using System.Text.RegularExpressions;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Tracing;

/// <summary>
/// A recorded message as text that may be shown. Left out are answers to challenges, keys of SRTP (RFC 4568, RFC 3830, RFC 8866 §5.12), passwords
/// of ICE (RFC 8839 §5.4) and in URIs (RFC 3261 §19.1.1), and every body that is not SDP: digits and messages are the parties' own.
/// </summary>
public static partial class TraceText
{
    private const string LeftOut = "[redacted]";

    /// <summary>The parts of a digest answer that say what was asked for, and nothing of the password.</summary>
    private static readonly string[] HarmlessParameters = ["username", "realm", "uri", "algorithm", "qop", "nc"];

    /// <summary>The message without what nobody may see; bytes that are no UTF-8 are replaced.</summary>
    public static string Redact(ReadOnlySpan<byte> message)
    {
        var end = message.IndexOf("\r\n\r\n"u8);
        var head = Encoding.UTF8.GetString(end < 0 ? message : message[..end]);
        var body = end < 0 ? [] : message[(end + 4)..];
        // RFC 3261 §7.3.1: a header goes on in lines that begin with white space.
        var lines = Folding().Replace(head, " ").Split('\n').Select(line => RedactLine(line.TrimEnd('\r')));
        return SdpKey().Replace($"{string.Join("\r\n", lines)}\r\n\r\n{RedactBody(message, body)}", $"${{start}}{LeftOut}");
    }

    private static string RedactLine(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? "" : line[..colon].TrimEnd();
        if (IsOneOf(name, "Authorization", "Proxy-Authorization", "Authentication-Info", "Proxy-Authentication-Info"))
            return $"{name}: {RedactCredentials(line[(colon + 1)..].Trim())}";

        return UriPassword().Replace(line, $"${{uri}}:{LeftOut}@");
    }

    private static string RedactCredentials(string value)
    {
        if (!value.StartsWith("Digest ", StringComparison.OrdinalIgnoreCase))
            return LeftOut;

        var kept = Parameter().Matches(value)
            .Where(parameter => IsOneOf(parameter.Groups["name"].Value, HarmlessParameters))
            .Select(parameter => UriPassword().Replace(parameter.Value, $"${{uri}}:{LeftOut}@"));
        return $"Digest {string.Join(", ", kept.Append(LeftOut))}";
    }

    private static string RedactBody(ReadOnlySpan<byte> message, ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
            return "";

        var parsed = new SipMessage();
        var isRead = parsed.TryParse(message.ToArray(), SipLimits.Default, out _);
        var type = isRead && parsed.TryGet(SipHeaderName.ContentType, out var value) ? Encoding.UTF8.GetString(value) : "";
        if (!type.Split(';')[0].Trim().Equals("application/sdp", StringComparison.OrdinalIgnoreCase))
            return $"[{body.Length} bytes{(type.Length > 0 ? $" of {type}" : "")}]";

        return Encoding.UTF8.GetString(body);
    }

    private static bool IsOneOf(string name, params string[] names) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"\r?\n[ \t]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Folding();

    [GeneratedRegex(@"\b(?<uri>sips?:[^:@\s<>"",;]*):[^@\s<>"",]*@", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UriPassword();

    [GeneratedRegex(@"(?<name>[A-Za-z-]+)\s*=\s*(?:""[^""]*""|[^"",\s]+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^(?<start>a=crypto:[^\r\n]*?inline:|a=crypto:|a=key-mgmt:|a=ice-pwd:|k=)[^\r\n]*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SdpKey();
}
