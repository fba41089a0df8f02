namespace TekSipCloud.Media.Rtcp;

/// <summary>Moments as RTCP writes them: seconds since 1900 and their fraction, 32 bits each (RFC 3550 §4).</summary>
public static class NtpTime
{
    /// <summary>Units of <see cref="Middle"/> in a second.</summary>
    public const int MiddleUnitsPerSecond = 1 << 16;

    private static readonly long Epoch = new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>A moment in NTP's form; the seconds wrap in 2036, as RFC 3550 §4 has it.</summary>
    public static ulong Of(DateTimeOffset moment)
    {
        var (seconds, ticks) = Math.DivRem(moment.UtcTicks - Epoch, TimeSpan.TicksPerSecond);
        return (ulong)(uint)seconds << 32 | ((ulong)ticks << 32) / TimeSpan.TicksPerSecond;
    }

    /// <summary>The middle 32 bits, by which reports name each other.</summary>
    public static uint Middle(ulong time) => (uint)(time >> 16);
}
