using System.Collections.Concurrent;
using System.Text;

namespace TekSipCloud.Gateway;

/// <summary>
/// Texts that thousands of phones have in common, such as User-Agent and our own address: one string of each is kept. Bounded: what comes
/// when it is full is a string of its own.
/// </summary>
internal static class SharedText
{
    private const int Capacity = 4_096;
    private const int MaxBytes = 256;

    private static readonly ConcurrentDictionary<string, string> Known = new();
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Known.GetAlternateLookup<ReadOnlySpan<char>>();

    private static int _count;

    /// <summary>The text of these bytes, UTF-8.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
            return Encoding.UTF8.GetString(bytes);

        Span<char> text = stackalloc char[MaxBytes];
        text = text[..Encoding.UTF8.GetChars(bytes, text)];
        if (Lookup.TryGetValue(text, out var known))
            return known;

        var fresh = text.ToString();
        if (_count < Capacity && Known.TryAdd(fresh, fresh))
            Interlocked.Increment(ref _count);
        return fresh;
    }
}
