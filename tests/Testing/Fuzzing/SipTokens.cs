using System.Globalization;

namespace TekSipCloud.Testing.Fuzzing;

/// <summary>Pieces that parsers of SIP stumble over.</summary>
internal static class SipTokens
{
    private static readonly string[] Delimiters =
    [
        "\r\n", "\r\n\r\n", "\r\n ", "\r\n\t", "\r", "\n", "\0", "\u007f", "\u0001", "\t", " ", "  ", "\"", "\\", "\\\"", "<", ">", "<>", ",", ",,", ";", ";;", "=", ":",
        "::", ":::", "@", "[", "]", "[::1]", "%", "%0", "%00", "%0d%0a", "%zz", "?", "&", "*", "/", "SIP/2.0", "\u00c3\u0028", "\u00ff\u00fe", "sip:", "sips:", "tel:",
        ";tag=", ";branch=", ";lr", ";maddr=127.0.0.1", ";received=", ";rport", "z9hG4bK", "Digest ", "qop=auth", "nc=00000001",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-1", "+1", "1", "255", "256", "65535", "65536", "2147483647", "2147483648", "4294967295", "4294967296", "4294967301", "9223372036854775808",
        "18446744073709551616", "36893488147419103232", "00000000000000000070", "1e9", "0x10", "",
    ];

    private static readonly string[] Names =
    [
        "Via", "v", "From", "f", "To", "t", "Call-ID", "i", "CSeq", "Content-Length", "l", "Content-Length ", "Contact", "m", "Max-Forwards", "Expires", "Route",
        "Record-Route", "Path", "Require", "Proxy-Require", "Supported", "k", "Authorization", "Proxy-Authorization", "Content-Type", "c", "Accept", "Date", "Replaces",
        "Refer-To", "r", "Subject", "s", "Alert-Info", "Reason", "Warning", "User-Agent", "P-Asserted-Identity", "X\t", "", " ", "\u0001", "Max-Breadth",
    ];

    private static readonly string[] Values =
    [
        "", "*", ",", ";;;", "\"", "<", "<sip:", "<sip:a@b>", "sip:a@[::1", "<sip:a@127.0.0.1;lr>", "sip:\r\n x@y", "SIP/2.0/UDP 169.254.169.254;branch=z9hG4bKx",
        "SIP/2.0/UDP [::ffff:127.0.0.1]:65535;rport;branch=z9hG4bK", "\"a\\\0b\" <sip:x@y>;tag=1", "application/sdp", "multipart/mixed;boundary=x", "100rel, timer",
        "1 INVITE", "1 ACK", "1 CANCEL", "0 BYE", "Digest username=\"101\", realm=\"example.com\", nonce=\"\", uri=\"\", response=\"\"", "Basic YWxhZGRpbg==", "70", "0",
        "<sip:x@y?Route=%3Csip:127.0.0.1%3E&Via=a%0d%0ab>;expires=99999999999", "token;a=1;a=1;a=2", "%41%00%0d%0a",
    ];

    public static string Delimiter(Random random) => random.GetItems(Delimiters, 1)[0];

    public static string Number(Random random) => random.Next(4) == 0
        ? random.NextInt64().ToString(CultureInfo.InvariantCulture)
        : random.GetItems(Numbers, 1)[0];

    /// <summary>The same value under another name.</summary>
    public static string Rename(Random random, string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return random.GetItems(Names, 1)[0] + (colon < 0 ? ":" + line : line[colon..]);
    }

    /// <summary>Another value under the same name.</summary>
    public static string Revalue(Random random, string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return $"{(colon < 0 ? line : line[..colon])}: {random.GetItems(Values, 1)[0]}";
    }
}
