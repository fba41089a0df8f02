using Orleans.Calls;
using Orleans.Runtime;

namespace Orleans.Copying;

/// <summary>A reference stays itself within a silo; in another silo it is one that calls from there.</summary>
internal sealed class GrainReferenceCopier<T> : Copier<T> where T : GrainReference
{
    public override bool IsImmutable => true;

    public override T Copy(T value, CopyScope scope) => value switch
    {
        null => null!,
        InterfaceReference typed when scope.Destination is { } silo =>
            (T)(GrainReference)silo.References.Create(typed.GrainId, typed.Interface),
        _ => value,
    };
}
