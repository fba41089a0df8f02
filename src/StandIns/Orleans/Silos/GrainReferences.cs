using Orleans.Calls;
using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>Makes references that call from this silo.</summary>
internal sealed class GrainReferences(Silo silo)
{
    public InterfaceReference Create(GrainId id, Type grainInterface) => GrainInterface.Of(grainInterface).CreateReference(id, silo);

    public GrainReference Untyped(GrainId id) => new(id, silo);
}
