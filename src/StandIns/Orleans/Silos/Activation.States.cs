using Orleans.Persistence;

namespace Orleans.Silos;

/// <summary>The activation's stored states.</summary>
internal sealed partial class Activation
{
    private readonly List<PersistentState> _states = [];

    public void Adopt(PersistentState state) => _states.Add(state);

    private Task ReadStates() => Task.WhenAll(_states.Select(state => state.ReadStateAsync()));
}
