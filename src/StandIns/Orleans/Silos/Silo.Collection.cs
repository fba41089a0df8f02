namespace Orleans.Silos;

/// <summary>Collection of idle activations by age.</summary>
internal sealed partial class Silo
{
    private readonly ITimer _collector;

    /// <summary>Ends what has idled for that long, and waits for it.</summary>
    public Task CollectIdleFor(TimeSpan age) => Task.WhenAll(_activations.Keys
        .Where(activation => activation.IsIdleFor(age))
        .Select(activation => activation.End(
            new(DeactivationReasonCode.ActivationIdle, $"This activation has been idle for {age}."))));

    private void CollectIdle()
    {
        foreach (var activation in _activations.Keys)
        {
            var age = AgeLimitOf(activation.Class);
            if (age != Timeout.InfiniteTimeSpan && activation.IsIdleFor(age))
                activation.Deactivate(new(DeactivationReasonCode.ActivationIdle, $"This activation has been idle for {age}."));
        }
    }

    private TimeSpan AgeLimitOf(GrainClass grainClass) =>
        CollectionOptions.ClassSpecificCollectionAge.TryGetValue(grainClass.Type.FullName!, out var configured)
            ? configured
            : grainClass.AgeLimit ?? CollectionOptions.CollectionAge;
}
