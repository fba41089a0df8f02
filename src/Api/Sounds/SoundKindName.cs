using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Sounds;

namespace TekSipCloud.Api.Sounds;

/// <summary>A kind of sound in an address, written as in JSON.</summary>
internal static class SoundKindName
{
    public const string Choices = "musicOnHold, notInService, unavailable or callEnding.";

    /// <summary>The kind of that name; null for none.</summary>
    public static SoundKind? Find(string name)
    {
        foreach (var kind in Enum.GetValues<SoundKind>())
        {
            if (Of(kind) == name)
                return kind;
        }

        return null;
    }

    public static string Of(SoundKind kind) => FieldNames.ToJson(kind.ToString());
}
