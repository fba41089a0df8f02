namespace Orleans.Runtime;

/// <summary>Ends an activation and waits for it.</summary>
public static class GrainContextExtensions
{
    public static Task DeactivateAsync(
        this IGrainContext grainContext, DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        grainContext.Deactivate(deactivationReason, cancellationToken);
        return grainContext.Deactivated;
    }
}
