using System.ComponentModel;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace TekSipCloud.Api.Http;

/// <summary>The query parameters that every list has; those that can be searched have a prefix too.</summary>
internal readonly record struct PageQuery
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 1000;
    private const int MaxTextLength = 2048;
    private const int MaxPrefixLength = 256;

    [FromQuery(Name = "cursor"), Description("Where the last page ended; absent for the first page.")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit"), Description("The most items to return, 1 to 1000; 50 when absent.")]
    public int? Limit { get; init; }

    /// <summary>What is wrong with the parameters; null for nothing.</summary>
    public Problem? FindProblem(string? prefix = null)
    {
        if (Limit is < 1 or > MaxLimit)
            return Problem.Invalid("limit", $"The limit is between 1 and {MaxLimit}.");
        if (Cursor is { Length: > MaxTextLength })
            return Problem.Invalid("cursor", "That is not a cursor of this list.");
        return prefix is { Length: > MaxPrefixLength } ? Problem.Invalid("prefix", "The prefix is too long.") : null;
    }

    public PageRequest ToRequest(string? prefix = null) => new(
        string.IsNullOrEmpty(Cursor) ? null : Cursor,
        Limit ?? DefaultLimit,
        string.IsNullOrEmpty(prefix) ? null : prefix);

    /// <summary>Pages a list that is in memory anyway; the cursor is the number of items already given.</summary>
    public Page<T> Slice<T>(IReadOnlyList<T> items, string? prefix, Func<T, string> keyOf)
    {
        var wanted = string.IsNullOrEmpty(prefix)
            ? items
            : [.. items.Where(item => keyOf(item).StartsWith(prefix, StringComparison.Ordinal))];
        return Slice(wanted);
    }

    /// <inheritdoc cref="Slice{T}(IReadOnlyList{T}, string, Func{T, string})"/>
    public Page<T> Slice<T>(IReadOnlyList<T> items)
    {
        // A cursor that is none has nothing behind it, as with lists in storage.
        var start = Math.Min(ReadOffset(Cursor), items.Count);
        var limit = Limit ?? DefaultLimit;
        var next = start + limit;
        return new([.. items.Skip(start).Take(limit)], next < items.Count ? WriteOffset(next) : null);
    }

    private static int ReadOffset(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
            return 0;

        var octets = new byte[16];
        return Convert.TryFromBase64String(cursor, octets, out var length)
            && int.TryParse(octets.AsSpan(0, length), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
                ? offset
                : int.MaxValue;
    }

    private static string WriteOffset(int offset) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(offset.ToString(CultureInfo.InvariantCulture)));
}
