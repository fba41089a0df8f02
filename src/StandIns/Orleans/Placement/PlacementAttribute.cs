using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>Names the placement strategy of a grain class.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class PlacementAttribute : Attribute
{
    protected PlacementAttribute(PlacementStrategy placement) => PlacementStrategy = placement;

    public PlacementStrategy PlacementStrategy { get; }
}
