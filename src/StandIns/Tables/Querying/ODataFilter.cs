using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Azure.Data.Tables;

/// <summary>Filters made of a text and arguments, none of which can end its own literal.</summary>
internal static class ODataFilter
{
    [return: NotNullIfNotNull(nameof(filter))]
    public static string? Create(FormattableString? filter) => filter is null
        ? null
        : string.Format(CultureInfo.InvariantCulture, filter.Format, [.. filter.GetArguments().Select(ODataLiteral.Of)]);
}
