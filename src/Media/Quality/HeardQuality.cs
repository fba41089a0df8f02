namespace TekSipCloud.Media.Quality;

/// <summary>The opinion score of one direction of a leg: only of what was measured.</summary>
public static class HeardQuality
{
    // Until a packet of the usual 20 ms is full it is not sent.
    private static readonly TimeSpan Packet = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// The mean opinion score, 1 to 4.5, of a codec, a loss, a jitter and a round trip; null while one of them is not known. The delay is half the
    /// round trip, a packet, and a jitter buffer of twice the jitter.
    /// </summary>
    /// <param name="codec">The codec's name in SDP.</param>
    /// <param name="packets">Packets that arrived.</param>
    /// <param name="lost">Packets that did not; null when not known.</param>
    /// <param name="jitter">Interarrival jitter; null when not known.</param>
    /// <param name="roundTrip">The time there and back; null when not measured.</param>
    public static double? Score(string codec, long packets, long? lost, TimeSpan? jitter, TimeSpan? roundTrip)
    {
        if (packets <= 0 || lost is not { } missing || jitter is not { } varies || roundTrip is not { } time || CodecImpairment.Of(codec) is not { } figures)
            return null;

        var percent = 100.0 * Math.Max(0, missing) / (packets + Math.Max(0, missing));
        return EModel.Rating(figures, percent, time / 2 + Packet + 2 * varies) is { } rating ? EModel.MeanOpinion(rating) : null;
    }
}
