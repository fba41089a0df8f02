using System.Diagnostics.CodeAnalysis;

namespace TekSipCloud.Contracts.Tenants;

/// <summary>Names a tenant for good: 1 to 32 characters of <c>a-z</c>, <c>0-9</c> and <c>-</c>. Every key starts with it.</summary>
[GenerateSerializer, Alias("tenant-id")]
public readonly record struct TenantId
{
    /// <summary>The longest id.</summary>
    public const int MaxLength = 32;

    /// <summary>The tenant made at the first start; the TekSIP-compatible API without a tenant in its path speaks for it.</summary>
    public static readonly TenantId Default = new("default");

    /// <summary>No tenant but the installation itself, which has an event log too. No id that somebody types can be it.</summary>
    public static readonly TenantId System = new() { Value = "!system" };

    /// <summary>An id known to be valid.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public TenantId(string value)
    {
        if (!IsValid(value))
            throw new ArgumentException($"'{value}' is not a tenant id.", nameof(value));

        Value = value;
    }

    /// <summary>The id's text; null only in <c>default(TenantId)</c>, which names no tenant.</summary>
    [Id(0)]
    public string Value { get; init; }

    /// <summary>Reads an id that somebody typed.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TenantId id)
    {
        var valid = IsValid(text);
        id = valid ? new TenantId(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";

    private static bool IsValid([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= MaxLength } && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
