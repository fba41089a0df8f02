using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Media.Relay;

/// <summary>A party's description says something.</summary>
/// <param name="leg">The party's leg.</param>
/// <param name="now">When it was said, by the loop's clock.</param>
internal sealed class RemoteChange(RelayLeg leg, long now) : SessionChange
{
    private LatchPlan _rtp;
    private LatchPlan _rtcp;

    /// <summary>What it says; its codecs are looked at once a packet comes.</summary>
    public required RemoteAudio Said { get; init; }

    public required bool TakesIn { get; init; }

    public required bool GivesOut { get; init; }

    /// <summary>Whether it gives no address: what was learnt stays.</summary>
    public required bool KeepsAddress { get; init; }

    /// <summary>Whether to learn anew even if the addresses are the same.</summary>
    public required bool Relearns { get; init; }

    /// <summary>What its RTP port may learn.</summary>
    public ref LatchPlan Rtp => ref _rtp;

    /// <summary>What its RTCP port may learn.</summary>
    public ref LatchPlan Rtcp => ref _rtcp;

    public override void Apply()
    {
        if (leg.IsReleased)
            return;

        var rtp = leg.Rtp;
        rtp.ClockRates = ClockRates();
        (rtp.TakesIn, rtp.GivesOut) = (TakesIn, GivesOut);
        if (KeepsAddress && rtp.Latch.HasPlan)
            return;

        rtp.Latch.Take(_rtp, Relearns, now);
        leg.Rtcp.Latch.Take(_rtcp, Relearns, now);
    }

    /// <summary>Clock rates of its payload types; null where all have 8,000 Hz.</summary>
    private int[]? ClockRates()
    {
        int[]? rates = null;
        foreach (var codec in Said.Codecs)
        {
            if (codec.ClockRateHz != RtpStream.UsualClockRateHz)
                (rates ??= new int[128])[codec.PayloadType] = codec.ClockRateHz;
        }

        return rates;
    }
}
