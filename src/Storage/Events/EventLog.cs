using System.Threading.Channels;
using Azure.Data.Tables;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Events;

/// <summary>
/// The tenants' event logs: rows of Events, latest first; <see cref="EventWriter"/> writes what is queued here.
/// </summary>
public sealed class EventLog : IEventLog
{
    private const int MaxQueued = 10_000;
    private const int MaxMessageLength = 4_000;

    private readonly StorageTables _tables;
    private readonly TimeProvider _clock;
    private readonly Channel<EventEntry> _queue;
    private long _dropped;

    /// <summary>Writes nothing yet.</summary>
    public EventLog(StorageTables tables, TimeProvider clock)
    {
        _tables = tables;
        _clock = clock;
        var options = new BoundedChannelOptions(MaxQueued) { FullMode = BoundedChannelFullMode.DropOldest };
        _queue = Channel.CreateBounded<EventEntry>(options, _ => Interlocked.Increment(ref _dropped));
    }

    /// <summary>The lines that were lost because the queue was full.</summary>
    internal long Dropped => Interlocked.Read(ref _dropped);

    internal ChannelReader<EventEntry> Queue => _queue.Reader;

    /// <inheritdoc/>
    public void Write(TenantId tenant, EventType type, string message)
    {
        ArgumentNullException.ThrowIfNull(message);

        _queue.Writer.TryWrite(Line(tenant, _clock.GetUtcNow(), type, message));
    }

    /// <summary>A line that can be given to <see cref="Store"/>.</summary>
    public static EventEntry Line(TenantId tenant, DateTimeOffset at, EventType type, string message)
    {
        // The random end keeps two lines of the same tick apart.
        var id = $"{InvertedTime.OfTicks(at)}{Guid.NewGuid():N}";
        return new(id, tenant, at, type, message.Length > MaxMessageLength ? message[..MaxMessageLength] : message);
    }

    /// <inheritdoc/>
    public async Task<Page<EventEntry>> List(TenantId tenant, PageRequest page, CancellationToken cancel)
    {
        if (page.Cursor is not null && !KeyRange.CanBeKey(page.Cursor))
            return new([], null);

        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {tenant.Value} and RowKey gt {page.Cursor ?? ""}");
        var rows = await _tables.Events.ReadPage(filter, page.Limit, cancel);
        return new([.. rows.Items.Select(JsonColumns.Read<EventEntry>)], rows.IsLast ? null : rows.Items[^1].RowKey);
    }

    /// <inheritdoc/>
    public async Task Clear(TenantId tenant, CancellationToken cancel)
    {
        var now = InvertedTime.OfTicks(_clock.GetUtcNow());
        await _tables.Events.DeleteRows(
            TableClient.CreateQueryFilter($"PartitionKey eq {tenant.Value} and RowKey ge {now}"), cancel);
    }

    /// <summary>Stores lines of any tenants.</summary>
    public Task Store(IEnumerable<EventEntry> lines) => Task.WhenAll(lines
        .GroupBy(line => line.Tenant)
        .SelectMany(tenant => tenant.Chunk(ConfigTransaction.MaxRows))
        .Select(chunk => _tables.Events.SubmitTransactionAsync(chunk.Select(ToAction))));

    private static TableTransactionAction ToAction(EventEntry line)
    {
        var row = new TableEntity(line.Tenant.Value, line.Id);
        JsonColumns.Write(row, line);
        return new(TableTransactionActionType.UpsertReplace, row);
    }
}
