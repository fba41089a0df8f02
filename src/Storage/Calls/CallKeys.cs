using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Calls;

/// <summary>
/// The keys of the Calls table, all made of the call's id alone (a UUIDv7 has its start in milliseconds): a partition
/// per tenant and day, and one per tenant that is ordered by number; within a day and a number the latest call comes first.
/// </summary>
internal static class CallKeys
{
    private const int MaxNumberLength = 200;

    /// <summary>The start of the call in Unix milliseconds (RFC 9562 §5.7); null when the id is no UUIDv7.</summary>
    public static long? FindStart(Guid call)
    {
        if (call.Version != 7)
            return null;

        Span<byte> octets = stackalloc byte[16];
        call.TryWriteBytes(octets, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(octets) >>> 16;
    }

    public static string DayPartition(TenantId tenant, long startMilliseconds) =>
        $"{tenant}|{InvertedTime.OfDay(startMilliseconds)}";

    /// <summary>All numbers of a tenant, behind every day's partition: one, so that the rows of many calls are one transaction.</summary>
    public static string NumbersPartition(TenantId tenant) => $"{tenant}|n";

    /// <summary>What the keys of a number's rows begin with.</summary>
    public static string NumberPrefix(string number)
    {
        var escaped = KeyEscaping.Escape(WithoutLoneSurrogates(number));
        return escaped.Length <= MaxNumberLength
            ? $"{escaped}|"
            // A key holds 512 characters; no escaping makes two tildes in a row, so a hash is never taken for a number.
            : $"~~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(escaped)))}|";
    }

    public static string Row(Guid call, long startMilliseconds) =>
        $"{InvertedTime.OfMilliseconds(startMilliseconds)}{call:N}";

    /// <summary>The lowest key of calls that started before a moment.</summary>
    public static string FirstBefore(DateTimeOffset moment) =>
        InvertedTime.OfMilliseconds(CeilingMilliseconds(moment) - 1);

    /// <summary>The first key behind all calls that started at or after a moment.</summary>
    public static string EndOfSince(DateTimeOffset moment) =>
        (long.Parse(InvertedTime.OfMilliseconds(CeilingMilliseconds(moment)), CultureInfo.InvariantCulture) + 1)
            .ToString("D15", CultureInfo.InvariantCulture);

    /// <summary>
    /// What narrows a query to times and to what comes behind a cursor. Within a day's partition keys begin with the inverted time, within the numbers'
    /// with the number.
    /// </summary>
    public static string TimesFilter(string prefix, CallQuery query, string? cursor)
    {
        var after = cursor is null ? "" : " and " + TableClient.CreateQueryFilter($"RowKey gt {prefix + cursor}");
        var to = query.To is { } end ? " and " + TableClient.CreateQueryFilter($"RowKey ge {prefix + FirstBefore(end)}") : "";
        var from = query.From is { } begin
            ? " and " + TableClient.CreateQueryFilter($"RowKey lt {prefix + EndOfSince(begin)}")
            : "";
        return after + to + from;
    }

    private static long CeilingMilliseconds(DateTimeOffset moment)
    {
        var floor = moment.ToUnixTimeMilliseconds();
        return DateTimeOffset.FromUnixTimeMilliseconds(floor) < moment ? floor + 1 : floor;
    }

    // What a caller claims to be is any text; half a surrogate pair has no UTF-8.
    private static string WithoutLoneSurrogates(string text) => text.AsSpan().ContainsAnyInRange('\ud800', '\udfff')
        ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))
        : text;
}
