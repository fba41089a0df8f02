namespace TekSipCloud.Gateway.Calls;

/// <summary>Which of the refusals of several devices the sender hears (RFC 3261 §16.7 step 6).</summary>
internal static class BestRefusal
{
    /// <summary>6xx first, then the lowest class; within 4xx what says most to a person: busy first, silence last. 0 is none yet. Their order does not matter.</summary>
    public static int Of(int a, int b) => Rank(a) <= Rank(b) ? a : b;

    private static int Rank(int status) => status switch
    {
        0 => int.MaxValue,
        >= 600 => status - 600,
        486 => 3_999,
        408 => 4_999,
        _ => status * 10,
    };
}
