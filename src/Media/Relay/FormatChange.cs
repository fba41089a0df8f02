using TekSipCloud.Media.Rtp;

namespace TekSipCloud.Media.Relay;

/// <summary>A leg's payload types are, or are no longer, others than those of the party it is joined with.</summary>
internal sealed class FormatChange(RelayLeg leg, PayloadTypeMaps? maps) : SessionChange
{
    public override void Apply()
    {
        if (leg.IsReleased)
            return;

        leg.Rtp.Formats = maps;
        // What was agreed on last says all of the two.
        if (leg.Partner is { IsReleased: false } partner)
            partner.Rtp.Formats = null;
    }
}
