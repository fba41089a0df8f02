using Orleans.Silos;

namespace Orleans.Runtime;

/// <summary>A reference to a grain or observer; two are equal when they name the same one.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    internal GrainReference(GrainId grainId, Silo silo)
    {
        GrainId = grainId;
        Silo = silo;
    }

    public GrainId GrainId { get; }

    internal Silo Silo { get; }

    public virtual TGrainInterface Cast<TGrainInterface>() where TGrainInterface : IAddressable =>
        this.AsReference<TGrainInterface>();

    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public uint GetUniformHashCode() => GrainId.GetUniformHashCode();

    public override string ToString() => $"GrainReference:{GrainId}";

    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) =>
        reference1?.Equals(reference2) ?? reference2 is null;

    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);
}
