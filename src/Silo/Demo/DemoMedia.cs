using Bogus;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Media.Quality;

namespace TekSipCloud.Silo.Demo;

/// <summary>What the relay would have counted: G.711 at 50 packets a second each way.</summary>
internal static class DemoMedia
{
    private const int PacketsPerSecond = 50;
    private const int OctetsPerPacket = 12 + 160;

    public static CallRecord WithMedia(this CallRecord record, Randomizer random, bool isOutside)
    {
        if (record.Duration == TimeSpan.Zero)
            return record;

        var packets = (long)(record.Duration.TotalSeconds * PacketsPerSecond);
        var codec = random.Bool(0.8f) ? "PCMA" : "PCMU";
        // Only what crosses other people's networks loses packets worth mentioning.
        var callerLost = Lost(random, packets, isOutside ? 0.3 : 0.03);
        var calleeLost = Lost(random, packets, isOutside ? 0.3 : 0.03);
        return record with
        {
            CallerMedia = Figures(packets, callerLost, calleeLost, Jitter(random, isOutside), codec, RoundTrip(random, isOutside)),
            CalleeMedia = Figures(packets, calleeLost, callerLost, Jitter(random, isOutside), codec, RoundTrip(random, isOutside)),
        };
    }

    private static MediaFigures Figures(long packets, long lost, long lostByOther, double jitter, string codec, double roundTrip)
    {
        var (received, sent) = (packets - lost, packets - lostByOther);
        var (delay, varies) = (TimeSpan.FromMilliseconds(roundTrip), TimeSpan.FromMilliseconds(jitter));
        var quality = new MediaQuality(
            0, 0, roundTrip, 0, jitter,
            Rounded(HeardQuality.Score(codec, received, lost, varies, delay)),
            Rounded(HeardQuality.Score(codec, sent, 0, varies, delay)));
        return new(received, received * OctetsPerPacket, sent, sent * OctetsPerPacket, lost, jitter, 0, codec, Quality: quality);
    }

    private static double? Rounded(double? score) => score is { } value ? Math.Round(value, 2) : null;

    private static double RoundTrip(Randomizer random, bool isOutside) =>
        Math.Round(random.Around(TimeSpan.FromMilliseconds(isOutside ? 38 : 2), 0.4).TotalMilliseconds, 1);

    private static long Lost(Randomizer random, long packets, double likelihood) =>
        random.Double() < likelihood ? (long)(packets * random.Double(0, 0.02)) : 0;

    private static double Jitter(Randomizer random, bool isOutside) =>
        Math.Round(random.Around(TimeSpan.FromMilliseconds(isOutside ? 4 : 0.6), 0.5).TotalMilliseconds, 2);
}
