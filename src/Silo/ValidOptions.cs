using System.ComponentModel.DataAnnotations;

namespace TekSipCloud.Silo;

/// <summary>Options that the host needs before it is built, so that they are checked before anything stumbles over them.</summary>
internal static class ValidOptions
{
    /// <summary>Reads a section. Throws <see cref="ValidationException"/> when a member is out of its bounds.</summary>
    public static T GetValid<T>(this IConfiguration configuration, string section)
        where T : class, new()
    {
        var options = configuration.GetSection(section).Get<T>() ?? new();
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return options;
    }
}
