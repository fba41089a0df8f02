using System.Diagnostics.CodeAnalysis;
using System.Text;
using Azure.Data.Tables;
using TekSipCloud.Contracts;

namespace TekSipCloud.Storage.Rows;

/// <summary>The rows of one partition whose keys start with a prefix, from a place on.</summary>
/// <param name="Partition">The partition key.</param>
/// <param name="Prefix">What the row keys start with; not empty.</param>
/// <param name="After">Only rows behind this key; null for all.</param>
internal readonly record struct KeyRange(string Partition, string Prefix, string? After = null)
{
    private const int MaxKeyLength = 512;

    /// <summary>The filter that selects them.</summary>
    public string Filter => After is { } after && string.CompareOrdinal(after, Prefix) > 0
        ? TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {after} and RowKey lt {EndOf(Prefix)}")
        : TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {Prefix} and RowKey lt {EndOf(Prefix)}");

    /// <summary>The first key behind all those that start with a prefix.</summary>
    public static string EndOf(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);

    /// <summary>
    /// Whether a request's cursor and prefix can be parts of our keys; if not, there is nothing to list.
    /// </summary>
    public static bool TryRead(PageRequest page, out string prefix)
    {
        prefix = "";
        if (page.Cursor is not null && !CanBeKey(page.Cursor))
            return false;

        // Whoever searches may type anything: what is longer than a key, or no text at all (half a surrogate pair), is
        // no key's beginning.
        if (page.Prefix is null or { Length: 0 })
            return true;

        if (page.Prefix.Length > MaxKeyLength || page.Prefix.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar))
            return false;

        prefix = KeyEscaping.Escape(page.Prefix);
        return prefix.Length <= MaxKeyLength;
    }

    /// <summary>
    /// Whether a cursor can be a part of one of our keys; any other would make storage refuse the filter.
    /// </summary>
    public static bool CanBeKey([NotNullWhen(true)] string? cursor) => cursor is { Length: > 0 and <= MaxKeyLength }
        && cursor.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '+' or '*' or '~' or '|');
}
