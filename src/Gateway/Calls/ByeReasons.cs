namespace TekSipCloud.Gateway.Calls;

/// <summary>Why we hang up, as a Reason header tells the parties' devices (RFC 3326, ITU-T Q.850 §2.2.7: 41 is a temporary failure).</summary>
internal static class ByeReasons
{
    /// <summary>Nothing was heard of either party for too long.</summary>
    public static byte[] Silence { get; } = [.. "Q.850;cause=41;text=\"RTP timeout\""u8];

    /// <summary>ICE or DTLS failed or ended.</summary>
    public static byte[] MediaFailed { get; } = [.. "Q.850;cause=41;text=\"Media failed\""u8];
}
