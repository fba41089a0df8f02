namespace TekSipCloud.Sip.Transports;

/// <summary>
/// The system's clock, which stands still for a thread while that takes a datagram: a message asks for the time ten times, and all it does belongs to
/// the moment at which it was taken.
/// </summary>
public sealed class MessageClock : TimeProvider
{
    [ThreadStatic]
    private static Moment? _moment;

    /// <inheritdoc/>
    public override long TimestampFrequency => System.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => System.LocalTimeZone;

    /// <inheritdoc/>
    public override long GetTimestamp() => _moment is { Stands: true } moment ? moment.Timestamp : System.GetTimestamp();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _moment is { Stands: true } moment ? moment.Now : System.GetUtcNow();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime, period);

    /// <summary>Time stands still for this thread from the next question on.</summary>
    internal static void Stop() => (_moment ??= new Moment()).Begin();

    /// <summary>Time goes on for this thread.</summary>
    internal static void GoOn() => _moment?.End();

    private sealed class Moment
    {
        private long _timestamp;
        private DateTimeOffset _now;

        public bool Stands { get; private set; }

        public long Timestamp => _timestamp != 0 ? _timestamp : _timestamp = System.GetTimestamp();

        public DateTimeOffset Now => _now != default ? _now : _now = System.GetUtcNow();

        public void Begin()
        {
            Stands = true;
            _timestamp = 0;
            _now = default;
        }

        public void End() => Stands = false;
    }
}
