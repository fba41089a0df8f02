using System.Globalization;

namespace TekSipCloud.Api.TekSip;

/// <summary>Reads members of enumerations by number or by name, in any case; nothing that is not defined.</summary>
internal static class EnumText
{
    public static bool TryRead<T>(string text, out T value)
        where T : struct, Enum
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            value = (T)Enum.ToObject(typeof(T), number);
            return Enum.IsDefined(value);
        }

        // Enum.TryParse would take "A,B" for a set of flags.
        var name = Enum.GetNames<T>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        value = name is null ? default : Enum.Parse<T>(name);
        return name is not null;
    }
}
