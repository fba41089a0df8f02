using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace TekSipCloud.Storage.Rows;

/// <summary>
/// Moments as ISO 8601, without zeros at the end of their seconds. Those of one call are mostly of one second: only its fraction is written anew.
/// </summary>
internal struct MomentText
{
    /// <summary>No moment is longer.</summary>
    public const int MaxLength = 33;

    // yyyy-MM-ddTHH:mm:ss.fffffff+HH:mm
    private const int Point = 19;
    private const int Zone = 27;
    private const int FractionDigits = 7;

    private Characters _last;
    private long _second;
    private TimeSpan _offset;

    public MomentText() => _second = -1;

    /// <returns>How many octets that were.</returns>
    public int Write(DateTimeOffset moment, Span<byte> room)
    {
        var ticks = moment.Ticks;
        var second = ticks / TimeSpan.TicksPerSecond;
        if (second != _second || moment.Offset != _offset)
        {
            Utf8Formatter.TryFormat(moment, _last, out _, 'O');
            (_second, _offset) = (second, moment.Offset);
        }

        ReadOnlySpan<byte> last = _last;
        last[..Point].CopyTo(room);
        var end = Point + WriteFraction((int)(ticks - (second * TimeSpan.TicksPerSecond)), room[Point..]);
        last[Zone..].CopyTo(room[end..]);
        return end + MaxLength - Zone;
    }

    private static int WriteFraction(int fraction, Span<byte> room)
    {
        if (fraction == 0)
            return 0;

        // With a one before them its zeros are written too; the point takes its place.
        Utf8Formatter.TryFormat((uint)(TimeSpan.TicksPerSecond + fraction), room, out _);
        room[0] = (byte)'.';
        var digits = FractionDigits;
        while (room[digits] == '0')
            digits--;
        return digits + 1;
    }

    [InlineArray(MaxLength)]
    private struct Characters
    {
        private byte _first;
    }
}
