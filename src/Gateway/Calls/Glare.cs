namespace TekSipCloud.Gateway.Calls;

/// <summary>Both ends asked for a change at once (RFC 3261 §14.1): each waits for a time of its own before it asks again.</summary>
internal static class Glare
{
    /// <summary>How long we wait: 2.1 to 4 s where the Call-ID is ours, as towards whom we called, else up to 2 s, in steps of 10 ms.</summary>
    public static TimeSpan BackOff(CallLeg leg)
    {
        var (first, last) = leg.Dialog.OwnsCallId ? (210, 400) : (0, 200);
        return TimeSpan.FromMilliseconds(10 * Random.Shared.Next(first, last + 1));
    }
}
