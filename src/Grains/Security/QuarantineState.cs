using System.Collections.Immutable;
using System.Net;
using TekSipCloud.Contracts.Security;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Grains.Security;

/// <summary>The blocked addresses by address.</summary>
internal sealed record QuarantineState(ImmutableDictionary<string, ConfigRow<QuarantineEntry>> ByAddress)
{
    /// <summary>An attacker with many addresses must not fill memory: the oldest make room.</summary>
    public const int MaxEntries = 10_000;

    private const int MaxUserAgentLength = 200;

    public static readonly QuarantineState Empty = new(ImmutableDictionary<string, ConfigRow<QuarantineEntry>>.Empty);

    public IEnumerable<ConfigRow<QuarantineEntry>> Rows => ByAddress.Values;

    /// <summary>The address in its one textual form; null when it is none.</summary>
    public static string? Normalize(string? address) => IPAddress.TryParse(address, out var parsed)
        ? (parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed).ToString()
        : null;

    /// <summary>As much of a stranger's User-Agent as is worth keeping.</summary>
    public static string Shorten(string userAgent) =>
        new([.. userAgent.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(MaxUserAgentLength)]);

    /// <summary>Latest first.</summary>
    public ImmutableArray<QuarantineEntry> Entries() =>
        [.. Rows.Select(row => row.Value).OrderByDescending(entry => entry.Entered).ThenBy(entry => entry.Address)];

    public ConfigRow<QuarantineEntry>? Find(string address) => ByAddress.GetValueOrDefault(address);

    public ConfigRow<QuarantineEntry>? OldestBeyondLimit() =>
        ByAddress.Count < MaxEntries ? null : Rows.MinBy(row => row.Value.Entered);

    public QuarantineState With(ConfigRow<QuarantineEntry> row) => new(ByAddress.SetItem(row.Value.Address, row));

    public QuarantineState Without(ConfigRow<QuarantineEntry> row) => new(ByAddress.Remove(row.Value.Address));
}
