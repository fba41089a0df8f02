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
        private static readonly TimeSpan Agreement = TimeSpan.FromMilliseconds(10);

        private long _timestamp;
        private long _agreed;
        private DateTimeOffset _agreedNow;

        public bool Stands { get; private set; }

        public long Timestamp => _timestamp != 0 ? _timestamp : _timestamp = System.GetTimestamp();

        // The two clocks are read together now and then only: between, the one tells what the other would say.
        public DateTimeOffset Now
        {
            get
            {
                var passed = System.GetElapsedTime(_agreed, Timestamp);
                if (passed < Agreement && _agreed != 0)
                    return _agreedNow + passed;

                _agreed = Timestamp;
                return _agreedNow = System.GetUtcNow();
            }
        }

        public void Begin()
        {
            Stands = true;
            _timestamp = 0;
        }

        public void End() => Stands = false;
    }
}
