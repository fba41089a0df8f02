namespace TekSipCloud.Media.Relay;

/// <summary>A loop's counters over all its calls; the loop's thread writes them, the metrics read them once a second.</summary>
internal sealed class RelayTotals
{
    public StreamCounters Rtp;
    public StreamCounters Rtcp;
}
