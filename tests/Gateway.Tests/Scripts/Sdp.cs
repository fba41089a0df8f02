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

    /// <summary>An offer of encrypted audio only (RFC 4568).</summary>
    public static string SrtpOnly { get; } = Of("192.0.2.10").Replace("RTP/AVP", "RTP/SAVP", StringComparison.Ordinal)
        + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n";

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
