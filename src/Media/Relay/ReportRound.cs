namespace TekSipCloud.Media.Relay;

/// <summary>
/// The reports of a loop's legs, each when it is due: one look at all of them a few times a second, and no timer for any. Of the loop's thread.
/// </summary>
internal sealed class ReportRound(RelayLoop loop)
{
    private const int LookMilliseconds = 200;

    // RFC 3550 §6.2: with two on a leg 5 s are the least interval and the interval.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // RFC 3550 §6.3.1: e − 3/2 makes up for what randomness does to the mean.
    private const double Compensation = 1.21828;

    private readonly List<LegReports> _legs = [];
    private long _nextLook;

    /// <summary>How long the loop may wait for packets; −1 while no leg has any.</summary>
    public int WaitMilliseconds => _legs.Count == 0 ? Timeout.Infinite : LookMilliseconds;

    /// <summary>How many legs report.</summary>
    public int Count => _legs.Count;

    /// <summary>A leg reports from now on, until it is over; RFC 3550 §6.2: for the first time after half the interval.</summary>
    public void Add(LegReports leg, long now)
    {
        leg.Due = now + Next() / 2;
        _legs.Add(leg);
    }

    /// <summary>Sends what is due.</summary>
    /// <param name="now">About now, by the loop's clock.</param>
    public void Look(long now)
    {
        if (now < _nextLook)
            return;

        _nextLook = now + loop.ToTimestamps(TimeSpan.FromMilliseconds(LookMilliseconds));
        for (var i = _legs.Count - 1; i >= 0; i--)
        {
            var leg = _legs[i];
            if (leg.IsOver)
            {
                _legs[i] = _legs[^1];
                _legs.RemoveAt(_legs.Count - 1);
            }
            else if (now >= leg.Due)
            {
                leg.Due = now + Next();
                leg.Send(now);
            }
        }
    }

    private long Next() => loop.ToTimestamps(Interval * ((0.5 + Random.Shared.NextDouble()) / Compensation));
}
