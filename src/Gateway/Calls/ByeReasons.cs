namespace TekSipCloud.Gateway.Calls;

/// <summary>Why we hang up, as a Reason header tells the parties' devices (RFC 3326, ITU-T Q.850 §2.2.7: 41 is a temporary failure).</summary>
internal static class ByeReasons
{
    /// <summary>Nothing was heard of either party for too long.</summary>
    public static byte[] Silence { get; } = [.. "Q.850;cause=41;text=\"RTP timeout\""u8];

    /// <summary>ICE or DTLS has not come about: nothing was agreed on that both can do (RFC 3261 §21.4.26).</summary>
    public static byte[] MediaSetup { get; } = [.. "SIP;cause=488;text=\"media setup\""u8];

    /// <summary>The answer to our offer has nothing that we can speak (RFC 3326 §2: by the code of the response that would say so).</summary>
    public static byte[] NoCommonCodec { get; } = [.. "SIP;cause=488;text=\"No codec in common\""u8];

    /// <summary>The session was not refreshed in time (RFC 4028 §10).</summary>
    public static byte[] SessionExpired { get; } = [.. "SIP;cause=408;text=\"Session expired\""u8];

    /// <summary>ICE or DTLS ended.</summary>
    public static byte[] MediaFailed { get; } = [.. "Q.850;cause=41;text=\"Media failed\""u8];
}
