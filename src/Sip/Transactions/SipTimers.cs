namespace TekSipCloud.Sip.Transactions;

/// <summary>The timers of RFC 3261 (Table 4 in §17.1.2.2 and annex A) and RFC 6026. All follow from the first three.</summary>
public sealed record SipTimers
{
    /// <summary>The values that RFC 3261 asks for.</summary>
    public static SipTimers Default { get; } = new();

    /// <summary>Estimate of the round trip. Default 500 ms, RFC 3261 §17.1.1.1; lower only in closed networks.</summary>
    public TimeSpan T1 { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest interval between retransmissions of non-INVITE requests and INVITE responses. Default 4 s, RFC 3261 §17.1.2.2.</summary>
    public TimeSpan T2 { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Longest time a message stays in the network. Default 5 s, RFC 3261 §17.1.2.2.</summary>
    public TimeSpan T4 { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time after which an INVITE still without an answer is answered 100. Default 200 ms, RFC 3261 §17.2.1.</summary>
    public TimeSpan Trying { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Timer D on unreliable transports, how long retransmitted refusals of an INVITE are acknowledged. Default 32 s, RFC 3261 §17.1.1.2.</summary>
    public TimeSpan D { get; init; } = TimeSpan.FromSeconds(32);

    /// <summary>64*T1: timers B, F, H, J (unreliable), L and M.</summary>
    public TimeSpan Timeout => new(T1.Ticks * 64);

    /// <summary>When a client's Timer E reaches T2: before it no 100 may answer a non-INVITE request on unreliable transports (RFC 4320 §4.1).</summary>
    public TimeSpan NonInviteTrying
    {
        get
        {
            var sum = 0L;
            for (var interval = T1.Ticks; interval < T2.Ticks; interval *= 2)
                sum += interval;
            return new TimeSpan(sum);
        }
    }

    /// <summary>The interval after <paramref name="interval"/>: doubled, at most T2.</summary>
    internal TimeSpan Next(TimeSpan interval) => interval + interval < T2 ? interval + interval : T2;
}
