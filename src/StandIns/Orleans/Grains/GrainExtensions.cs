using Orleans.Runtime;

namespace Orleans;

/// <summary>Keys, ids and references of grains, asked of a grain or of a reference to it.</summary>
public static class GrainExtensions
{
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        (TGrainInterface)grain.AsReference(typeof(TGrainInterface));

    public static object AsReference(this IAddressable grain, Type interfaceType)
    {
        var reference = ReferenceOf(grain);
        return reference.Silo.References.Create(reference.GrainId, interfaceType);
    }

    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    public static object Cast(this IAddressable grain, Type interfaceType) => grain.AsReference(interfaceType);

    public static GrainId GetGrainId(this IAddressable grain) => ReferenceOf(grain).GrainId;

    public static bool IsPrimaryKeyBasedOnLong(this IAddressable grain) => grain.GetGrainId().TryGetIntegerKey(out _)
        ? true
        : throw GrainIdKeyExtensions.WrongKey(grain.GetGrainId(), "integer");

    public static long GetPrimaryKeyLong(this IAddressable grain) => grain.GetPrimaryKeyLong(out _);

    public static long GetPrimaryKeyLong(this IAddressable grain, out string? keyExt) =>
        grain.GetGrainId().TryGetIntegerKey(out var key, out keyExt)
            ? key
            : throw GrainIdKeyExtensions.WrongKey(grain.GetGrainId(), "integer");

    public static Guid GetPrimaryKey(this IAddressable grain) => grain.GetPrimaryKey(out _);

    public static Guid GetPrimaryKey(this IAddressable grain, out string? keyExt) =>
        grain.GetGrainId().TryGetGuidKey(out var key, out keyExt)
            ? key
            : throw GrainIdKeyExtensions.WrongKey(grain.GetGrainId(), "GUID");

    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    private static GrainReference ReferenceOf(IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain switch
        {
            GrainReference reference => reference,
            IGrainBase activated => activated.GrainContext.GrainReference,
            _ => throw new ArgumentException(
                $"GetGrainId has been called on an unexpected type: {grain.GetType().FullName}.", nameof(grain)),
        };
    }
}
