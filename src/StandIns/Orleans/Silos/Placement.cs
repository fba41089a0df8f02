using Orleans.Calls;
using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>Chooses the silo of a new activation.</summary>
internal static class Placement
{
    public static readonly PlacementStrategy Local = new PreferLocalPlacement();

    public static Silo Choose(PlacementStrategy strategy, Call call, Silo[] active)
    {
        if (active.Length == 0)
            throw new OrleansException($"No active silo can host {call.Target}.");

        return strategy switch
        {
            PreferLocalPlacement when Array.IndexOf(active, call.Caller) >= 0 => call.Caller,
            HashBasedPlacement => active[call.Target.GetUniformHashCode() % (uint)active.Length],
            _ => active[Random.Shared.Next(active.Length)],
        };
    }
}
