namespace TekSipCloud.Gateway.Tests.Scripts;

/// <summary>Session descriptions of phones.</summary>
internal static class Sdp
{
    /// <summary>What a phone says of its audio.</summary>
    public static string Of(
        string address, int port = 40000, string direction = "sendrecv", int version = 1, string codecs = "0 8 101") => $"""
        v=0
        o=phone 1 {version} IN IP4 {address}
        s=-
        c=IN IP4 {address}
        t=0 0
        m=audio {port} RTP/AVP {codecs}
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:101 telephone-event/8000
        a={direction}

        """.ReplaceLineEndings("\r\n");

    /// <summary>A key of the common suite.</summary>
    public const string Key = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";

    /// <summary>Of a browser's certificate.</summary>
    public const string Fingerprint = "49:66:12:17:0D:1C:91:AE:57:4C:C6:36:DD:D5:97:D2:7D:62:C9:9A:7F:B9:A3:F4:70:03:E7:43:91:73:23:5E";

    /// <summary>Encrypted audio only, in a suite that nobody here knows (RFC 4568 §6.2.3).</summary>
    public static string UnknownSuite { get; } = Secure(Of("192.0.2.10"), "1 F8_128_HMAC_SHA1_80", Key);

    /// <summary>The same description with its audio encrypted (RFC 4568).</summary>
    public static string Secure(string sdp, string suite = "1 AES_CM_128_HMAC_SHA1_80", string key = Key) =>
        $"{sdp.Replace("RTP/AVP", "RTP/SAVP", StringComparison.Ordinal)}a=crypto:{suite} inline:{key}\r\n";

    /// <summary>What a browser says of its audio (RFC 8829).</summary>
    public static string Web(
        string address, string setup, string fragment = "F7gI", string direction = "sendrecv", int version = 1, string fingerprint = Fingerprint) =>
        Of(address, 41000, direction, version).Replace("RTP/AVP", "UDP/TLS/RTP/SAVPF", StringComparison.Ordinal)
        + $"a=mid:0\r\na=rtcp-mux\r\na=ice-ufrag:{fragment}\r\na=ice-pwd:x9cml/YzichV2+XlhiMu8g\r\n"
        + $"a=fingerprint:sha-256 {fingerprint}\r\na=setup:{setup}\r\n";

    /// <summary>An answer in kind.</summary>
    public static string Answer(string offer, string address) =>
        offer.Contains("UDP/TLS/RTP/SAVPF", StringComparison.Ordinal) ? Web(address, "active") : Of(address, 41000);

    /// <summary>The value of an attribute's first line; null where there is none.</summary>
    public static string? AttributeOf(string sdp, string name) => Array.Find(
        sdp.Split("\r\n"), line => line.StartsWith($"a={name}:", StringComparison.Ordinal))?[$"a={name}:".Length..];

    /// <summary>The transport of the audio line.</summary>
    public static string ProtocolOf(string sdp) => Line(sdp, "m=").Split(' ')[2];

    /// <summary>The keys, each as tag, suite and key.</summary>
    public static string[][] CryptosOf(string sdp) => [.. sdp.Split("\r\n")
        .Where(line => line.StartsWith("a=crypto:", StringComparison.Ordinal))
        .Select(line => line["a=crypto:".Length..].Replace("inline:", "", StringComparison.Ordinal).Split(' '))];

    /// <summary>The port of the audio line.</summary>
    public static int PortOf(string sdp) => int.Parse(Line(sdp, "m=").Split(' ')[1], null);

    /// <summary>The address where the audio is.</summary>
    public static string AddressOf(string sdp) => Line(sdp, "c=").Split(' ')[2];

    /// <summary>Which way the audio flows; both when nothing is said (RFC 3264 §5.1).</summary>
    public static string DirectionOf(string sdp) => Array.Find(
        ["sendonly", "recvonly", "inactive"], way => sdp.Contains($"a={way}", StringComparison.Ordinal)) ?? "sendrecv";

    private static string Line(string sdp, string start) =>
        sdp.Split("\r\n").First(l => l.StartsWith(start, StringComparison.Ordinal));
}
