namespace Orleans;

/// <summary>How long an activation of this class may idle before it is collected; at least a minute.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class CollectionAgeLimitAttribute : Attribute
{
    private static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

    public CollectionAgeLimitAttribute() { }

    public double Days { private get; init; }

    public double Hours { private get; init; }

    public double Minutes { private get; init; }

    public bool AlwaysActive { private get; init; }

    internal TimeSpan AgeLimit
    {
        get
        {
            var stated = TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
            if (AlwaysActive)
                return Timeout.InfiniteTimeSpan;

            return stated >= MinAgeLimit ? stated : throw new InvalidOperationException(
                $"Collection age limit must be at least {MinAgeLimit}, but is {stated}.");
        }
    }
}
