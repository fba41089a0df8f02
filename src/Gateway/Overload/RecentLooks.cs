namespace TekSipCloud.Gateway.Overload;

/// <summary>The last looks at the load, for three seconds.</summary>
internal sealed class RecentLooks
{
    /// <summary>Looks that are remembered.</summary>
    public const int Size = 60;

    /// <summary>Looks over which a pace is taken: half a second.</summary>
    private const int PaceLooks = 10;

    private readonly LoadSample[] _samples = new LoadSample[Size];
    private readonly long[] _admitted = new long[Size];
    private int _next;
    private int _count;

    public void Add(LoadSample sample, long admitted)
    {
        (_samples[_next], _admitted[_next]) = (sample, admitted);
        _next = (_next + 1) % Size;
        _count = Math.Min(_count + 1, Size);
    }

    /// <summary>The shortest delay of the last few: what lasts is a queue that does not drain, what does not is a stumble. Zero before there are so many.</summary>
    public TimeSpan LeastDelay(int last)
    {
        var least = _count < last ? TimeSpan.Zero : TimeSpan.MaxValue;
        for (var i = 1; i <= last && least > TimeSpan.Zero; i++)
        {
            var delay = _samples[Before(i)].Delay;
            least = delay < least ? delay : least;
        }

        return least;
    }

    /// <summary>The mean CPU share of the last few.</summary>
    public double MeanCpu(int last)
    {
        var sum = 0.0;
        for (var i = 1; i <= last; i++)
            sum += _samples[Before(i)].Cpu;
        return sum / last;
    }

    /// <summary>New requests a second in the best half second, or since the first look: what the node can do when nothing holds it up.</summary>
    public double BestPace()
    {
        var looks = Math.Min(PaceLooks, _count);
        if (looks == 0)
            return 0;

        long best = 0;
        for (var end = 1; end + looks - 1 <= _count; end++)
        {
            long sum = 0;
            for (var i = end; i < end + looks; i++)
                sum += _admitted[Before(i)];
            best = Math.Max(best, sum);
        }

        return best / (looks * OverloadControl.Period.TotalSeconds);
    }

    public void Clear() => _count = 0;

    private int Before(int looks) => (_next - looks + Size) % Size;
}
