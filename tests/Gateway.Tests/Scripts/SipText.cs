using System.Text;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Scripts;

/// <summary>Messages as text, read by hand so that the library does not judge itself.</summary>
internal static class SipText
{
    public static SipMessage Parse(string text) => SipMessage.Parse(Bytes(text));

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    public static string Of(SipMessage message) => Encoding.UTF8.GetString(message.Bytes.Span);

    public static string Body(SipMessage message) => Encoding.UTF8.GetString(message.Body);

    public static string FirstLine(SipMessage message) => Of(message).Split("\r\n")[0];

    /// <summary>The lines of a header with their names, in order; empty when there is none.</summary>
    public static string[] Lines(SipMessage message, string name) =>
        [.. Of(message).Split("\r\n\r\n")[0].Split("\r\n").Where(l => l.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))];

    /// <summary>A header's first value; empty when there is none.</summary>
    public static string Header(SipMessage message, string name) =>
        Lines(message, name) is [var line, ..] ? line[(name.Length + 1)..].Trim() : "";

    public static string CallId(SipMessage message) => Header(message, "Call-ID");

    /// <summary>What stands between angle brackets.</summary>
    public static string Uri(string address) =>
        address.Contains('<', StringComparison.Ordinal) ? address.Split('<', '>')[1] : address.Split(';')[0];

    /// <summary>The value of a parameter after the address; empty when there is none.</summary>
    public static string Parameter(string value, string name)
    {
        var start = value.IndexOf($";{name}=", StringComparison.Ordinal);
        return start < 0 ? "" : value[(start + name.Length + 2)..].Split(';', ',', ' ')[0];
    }

    /// <summary>A message of a status line or request line, headers and an optional body.</summary>
    public static string Write(string firstLine, IEnumerable<string> headers, string? sdp, string contentType = "application/sdp")
    {
        var body = (sdp ?? "").ReplaceLineEndings("\r\n");
        string[] content = body.Length > 0 ? [$"Content-Type: {contentType}"] : [];
        string[] lines =
            [firstLine, .. headers.Where(h => h.Length > 0), .. content, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}"];
        return $"{string.Join("\r\n", lines)}\r\n\r\n{body}";
    }
}
