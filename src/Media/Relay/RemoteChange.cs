using System.Net;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Relay;

/// <summary>A party's description says something. What that means is found out once a packet comes: many calls never have one.</summary>
/// <param name="leg">The party's leg.</param>
/// <param name="said">What it says.</param>
/// <param name="now">When it was said, by the loop's clock.</param>
internal sealed class RemoteChange(RelayLeg leg, RemoteAudio said, long now) : SessionChange
{
    /// <summary>The address that the description came from.</summary>
    public required IPAddress Source { get; init; }

    /// <summary>How far the address in it is believed.</summary>
    public required RemoteAddressRule Rule { get; init; }

    /// <summary>Whether the RTP port may learn anybody.</summary>
    public required bool MayLearnRtp { get; init; }

    /// <summary>Whether the RTCP port may learn anybody.</summary>
    public required bool MayLearnRtcp { get; init; }

    /// <summary>Whether to learn anew even if the addresses are the same.</summary>
    public required bool Relearns { get; init; }

    /// <summary>What its packets are protected with from now on; null when they are plain.</summary>
    public SrtpKeys? Keys { get; init; }

    public override void Apply()
    {
        if (leg.IsReleased)
            return;

        var rtp = leg.Rtp;
        rtp.ClockRates = ClockRates();
        rtp.Turn(said.Direction);
        // Of a party that speaks ICE and DTLS these tell where it is and what its keys are.
        if (rtp.Shared is not null)
            return;

        leg.Protect(Keys);
        // Without an address what was learnt stays.
        if (said.Rtp is null && rtp.Latch.HasPlan)
            return;

        rtp.Latch.Take(Plan(said.Rtp, MayLearnRtp), Relearns, now);
        leg.Rtcp.Latch.Take(Plan(said.Rtcp, MayLearnRtcp), Relearns, now);
    }

    private LatchPlan Plan(IPEndPoint? signalled, bool mayLearn) =>
        mayLearn ? RemoteAddressPolicy.Decide(signalled, Source, Rule, leg.Local.Address.AddressFamily) : default;

    /// <summary>Clock rates of its payload types; null where all have 8,000 Hz.</summary>
    private int[]? ClockRates()
    {
        int[]? rates = null;
        foreach (var codec in said.Codecs)
        {
            if (codec.ClockRateHz != RtpStream.UsualClockRateHz)
                (rates ??= new int[128])[codec.PayloadType] = codec.ClockRateHz;
        }

        return rates;
    }
}
