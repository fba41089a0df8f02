using System.Collections.Immutable;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Calls;

/// <summary>Counts finished calls per hour from the history.</summary>
internal sealed class CallChart(ICallHistory history, TimeProvider clock)
{
    public const int MaxHours = 168;

    /// <summary>More calls than these are not read for one chart: 20 pages of storage.</summary>
    public const int MaxCalls = 20_000;

    public async Task<CallChartDto> Draw(TenantId tenant, int hours, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var thisHour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        var from = thisHour.AddHours(1 - hours);
        var answered = new int[hours];
        var failed = new int[hours];

        var isComplete = await Read(tenant, from, record =>
        {
            var hour = (int)((record.Call.Started - from).Ticks / TimeSpan.TicksPerHour);
            if ((uint)hour < (uint)hours)
                (record.Call.Answered is null ? failed : answered)[hour]++;
        }, cancel);

        return new(
            [.. Enumerable.Range(0, hours).Select(i => new CallChartBucketDto(from.AddHours(i), answered[i], failed[i]))],
            isComplete);
    }

    private async Task<bool> Read(TenantId tenant, DateTimeOffset from, Action<CallRecord> count, CancellationToken cancel)
    {
        string? cursor = null;
        for (var read = 0; read < MaxCalls;)
        {
            var page = await history.List(tenant, new CallQuery(From: from), new PageRequest(cursor, 1000), cancel);
            Count(page.Items, count);
            read += page.Items.Length;
            cursor = page.Cursor;
            if (cursor is null)
                return true;
        }

        return false;
    }

    private static void Count(ImmutableArray<CallRecord> records, Action<CallRecord> count)
    {
        foreach (var record in records)
            count(record);
    }
}
