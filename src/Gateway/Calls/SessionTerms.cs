using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Calls;

/// <summary>What the two ends of a leg have agreed on about its session's time (RFC 4028): plain rules, no clock.</summary>
/// <param name="Seconds">The session interval; 0 when the session does not expire.</param>
/// <param name="IsOurs">Whether we refresh it.</param>
/// <param name="PeerKnows">Whether the peer speaks of session timers, so that it can be told to refresh.</param>
/// <param name="MinSe">The least that the peer has said it takes; 0 when it has not.</param>
internal readonly record struct SessionTerms(uint Seconds, bool IsOurs, bool PeerKnows = true, uint MinSe = 0)
{
    /// <summary>A week: longer ones are as good as none, and no timer runs for them.</summary>
    public const uint MaxSeconds = 604_800;

    private static readonly TimeSpan LongestMargin = TimeSpan.FromSeconds(32);

    public bool IsNone => Seconds == 0;

    public TimeSpan Interval => TimeSpan.FromSeconds(Seconds);

    /// <summary>RFC 4028 §7.2: it is refreshed at half its time.</summary>
    public TimeSpan RefreshAfter => Interval / 2;

    /// <summary>RFC 4028 §10: who hears of no refresh hangs up before the end, a third of the interval or 32 s, whichever is less.</summary>
    public TimeSpan EndAfter => Interval - (Interval / 3 < LongestMargin ? Interval / 3 : LongestMargin);

    /// <summary>How a request of an INVITE's kind is to be refused for what it says of its session's time: 400, 422, or 0 for not at all.</summary>
    public static int Refusal(SipMessage request, GatewayOptions options)
    {
        if (!IsReadable(request))
            return 400;

        // RFC 4028 §8.1: who does not know session timers cannot make anything of a 422.
        return TryRead(request, out var asked) && asked.Seconds < MinSeconds(options) && Knows(request) ? 422 : 0;
    }

    /// <summary>The least that we take, as a 422 says it (RFC 4028 §9).</summary>
    public static void WriteMinSe(SipWriter writer, GatewayOptions options) => writer.Header(SipHeaderName.MinSe, MinSeconds(options));

    /// <summary>What we agree to when we answer a request (RFC 4028 §9).</summary>
    public static SessionTerms Answering(SipMessage request, GatewayOptions options)
    {
        var knows = Knows(request);
        var ours = (uint)options.SessionExpires.TotalSeconds;
        var hasAsked = TryRead(request, out var asked);
        if (hasAsked ? !knows && asked.Seconds < MinSeconds(options) : !knows || ours == 0)
            return default;

        // RFC 4028 §9: the answer may be less than what is asked for, never more, and not less than the request's Min-SE.
        var least = MinSeOf(request);
        var seconds = !hasAsked ? Math.Max(ours, least)
            : ours == 0 ? asked.Seconds
            : Math.Max(Math.Min(asked.Seconds, ours), Math.Min(asked.Seconds, least));
        return seconds > MaxSeconds ? default : new(seconds, IsOurs: !knows || asked.Refresher == SessionRefresher.Uas, knows);
    }

    /// <summary>
    /// What the peer agreed to in its 2xx (RFC 4028 §7.2); it wants none when that says nothing. One that says less than the absolute minimum (§4)
    /// gets the minimum: refreshes are not for it to hasten without end.
    /// </summary>
    public static SessionTerms Answered(SipMessage response) =>
        TryRead(response, out var agreed) && agreed.Seconds is >= 1 and <= MaxSeconds
            ? new(Math.Max(agreed.Seconds, SessionExpiresHeader.DefaultMinSe), agreed.Refresher != SessionRefresher.Uas)
            : default;

    /// <summary>What a request that opens a session asks for (RFC 4028 §7.1): the receiver says who refreshes.</summary>
    /// <param name="writer">The request.</param>
    /// <param name="options">What we ask for.</param>
    /// <param name="minSe">The least that the receiver takes; 0 when it has not said.</param>
    public static void WriteWish(SipWriter writer, GatewayOptions options, uint minSe)
    {
        var ours = (uint)options.SessionExpires.TotalSeconds;
        if (ours == 0)
            return;

        writer.Header(SipHeaderName.SessionExpires, Math.Max(ours, minSe));
        WriteLeast(writer, Math.Max(MinSeconds(options), minSe));
    }

    /// <summary>The same of a request within the session, which leaves it to whom it was (RFC 4028 §7.4).</summary>
    public void WriteRequest(SipWriter writer, GatewayOptions options)
    {
        if (IsNone)
            return;

        WriteExpires(writer, isUac: IsOurs);
        WriteLeast(writer, Math.Max(MinSeconds(options), MinSe));
    }

    /// <summary>What a 2xx of ours says (RFC 4028 §9).</summary>
    public void WriteAnswer(SipWriter writer)
    {
        if (IsNone)
            return;

        if (!IsOurs && PeerKnows)
            writer.Header(SipHeaderName.Require, "timer"u8);
        WriteExpires(writer, isUac: !IsOurs);
    }

    /// <summary>Min-SE of a message; what RFC 4028 §5 says when there is none.</summary>
    public static uint MinSeOf(SipMessage message) =>
        message.TryGet(SipHeaderName.MinSe, out var value) && SessionExpiresHeader.TryParseMinSe(value, out var seconds, out _)
            ? seconds
            : SessionExpiresHeader.DefaultMinSe;

    private void WriteExpires(SipWriter writer, bool isUac)
    {
        writer.StartHeader(SipHeaderName.SessionExpires);
        writer.Append(Seconds);
        writer.Append(isUac ? ";refresher=uac"u8 : ";refresher=uas"u8);
        writer.EndHeader();
    }

    private static void WriteLeast(SipWriter writer, uint seconds)
    {
        if (seconds > SessionExpiresHeader.DefaultMinSe)
            writer.Header(SipHeaderName.MinSe, seconds);
    }

    private static bool IsReadable(SipMessage request) =>
        (!request.TryGet(SipHeaderName.SessionExpires, out var expires) || SessionExpiresHeader.TryParse(expires, out _, out _))
        && (!request.TryGet(SipHeaderName.MinSe, out var least) || SessionExpiresHeader.TryParseMinSe(least, out _, out _));

    private static bool TryRead(SipMessage message, out SessionExpiresHeader header)
    {
        header = default;
        return message.TryGet(SipHeaderName.SessionExpires, out var value) && SessionExpiresHeader.TryParse(value, out header, out _);
    }

    private static bool Knows(SipMessage request) =>
        request.HasToken(SipHeaderName.Supported, "timer"u8) || request.HasToken(SipHeaderName.Require, "timer"u8);

    private static uint MinSeconds(GatewayOptions options) => (uint)options.MinSessionExpires.TotalSeconds;
}
