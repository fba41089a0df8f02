using TekSipCloud.Media.Recording;

namespace TekSipCloud.Media.Relay;

/// <summary>What a party says is recorded from now on, or no longer.</summary>
internal sealed class RecordingChange(RelayLeg leg, RecordingTap? tap) : SessionChange
{
    public override void Apply()
    {
        if (!leg.IsReleased)
            leg.Rtp.Recorder = tap;
    }
}
