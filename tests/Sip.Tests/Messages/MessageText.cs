using System.Text;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Tests.Messages;

/// <summary>Messages as text, for tests that change one thing about them.</summary>
internal static class MessageText
{
    public const string Invite =
        """
        INVITE sip:bob@biloxi.example.com SIP/2.0
        Via: SIP/2.0/UDP pc33.atlanta.example.com;branch=z9hG4bK776asdhds
        Max-Forwards: 70
        To: Bob <sip:bob@biloxi.example.com>
        From: Alice <sip:alice@atlanta.example.com>;tag=1928301774
        Call-ID: a84b4c76e66710@pc33.atlanta.example.com
        CSeq: 314159 INVITE
        Contact: <sip:alice@pc33.atlanta.example.com>
        Content-Type: application/sdp
        Content-Length: 4

        v=0

        """;

    /// <summary>Bytes with CRLF line ends, each char one byte of UTF-8.</summary>
    public static byte[] ToWire(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n").Replace("v=0\r\n", "v=0\n", StringComparison.Ordinal));

    /// <summary>The INVITE with one piece of text replaced by another.</summary>
    public static byte[] InviteWith(string old, string @new) =>
        Invite.Contains(old, StringComparison.Ordinal)
            ? ToWire(Invite.Replace(old, @new, StringComparison.Ordinal))
            : throw new ArgumentException($"The INVITE has no '{old}'.", nameof(old));

    public static SipParseError ErrorOf(byte[] wire)
    {
        _ = new SipMessage().TryParse(wire, SipLimits.Default, out var error);
        return error;
    }

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
