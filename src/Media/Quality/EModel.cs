namespace TekSipCloud.Media.Quality;

/// <summary>How a conversation is likely to sound, by loss and delay (ITU-T G.107), with the default values of all that is not measured.</summary>
public static class EModel
{
    // G.107 §7.2 and §7.3 with the defaults of table 2: No = -61.179 dBm0p.
    private const double BasicSignalToNoise = 94.769;
    private const double SimultaneousImpairment = 1.414;

    // Table 2: echo loudness of talker and listener, weighted echo path loss, least delay that is felt.
    private const double TalkerEchoLoudness = 65;
    private const double EchoPathLoss = 110;
    private const double LeastDelay = 100;

    /// <summary>The rating R, 0 to 93.2 (G.107 §7.1); null where the codec's loss has no published figure.</summary>
    /// <param name="codec">The codec's figures.</param>
    /// <param name="lossPercent">Packets lost, at random, 0 to 100.</param>
    /// <param name="delay">From mouth to ear, one way.</param>
    public static double? Rating(CodecImpairment codec, double lossPercent, TimeSpan delay)
    {
        if (lossPercent > 0 && codec.LossRobustness is null)
            return null;

        // §7.5 with a burst ratio of 1
        var loss = lossPercent <= 0 ? 0 : (95 - codec.Equipment) * lossPercent / (lossPercent + codec.LossRobustness!.Value);
        var rating = BasicSignalToNoise - SimultaneousImpairment - DelayImpairment(delay.TotalMilliseconds) - codec.Equipment - loss;
        return Math.Max(0, rating);
    }

    /// <summary>The mean opinion score of a rating, 1 to 4.5 (G.107 annex B).</summary>
    public static double MeanOpinion(double rating) => rating switch
    {
        <= 0 => 1,
        >= 100 => 4.5,
        // The cubic falls below 1 for the least ratings.
        _ => Math.Max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6),
    };

    // G.107 §7.4, with T = Ta and Tr = 2 T
    private static double DelayImpairment(double milliseconds)
    {
        var talker = TalkerEchoLoudness
            - 40 * Math.Log10((1 + milliseconds / 10) / (1 + milliseconds / 150))
            + 6 * Math.Exp(-0.3 * milliseconds * milliseconds);
        var ofTalker = BasicSignalToNoise - (80 + 2.5 * (talker - 14));
        var talkerEcho = (ofTalker / 2 + Math.Sqrt(ofTalker * ofTalker / 4 + 100) - 1) * (1 - Math.Exp(-milliseconds));

        var ofListener = BasicSignalToNoise - 10.5 * (EchoPathLoss + 7) * Math.Pow(2 * milliseconds + 1, -0.25);
        var listenerEcho = ofListener / 2 + Math.Sqrt(ofListener * ofListener / 4 + 169);
        return talkerEcho + listenerEcho + LongDelay(milliseconds);
    }

    private static double LongDelay(double milliseconds)
    {
        if (milliseconds <= LeastDelay)
            return 0;

        var x = Math.Log2(milliseconds / LeastDelay);
        return 25 * (Math.Pow(1 + Math.Pow(x, 6), 1.0 / 6) - 3 * Math.Pow(1 + Math.Pow(x / 3, 6), 1.0 / 6) + 2);
    }
}
