using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using TekSipCloud.Contracts;

namespace TekSipCloud.Storage.Rows;

/// <summary>Typed access to the Config table.</summary>
public sealed class ConfigRows(StorageTables tables)
{
    /// <summary>One row; null for none.</summary>
    public async Task<ConfigRow<T>?> Find<T>(string partition, string key, CancellationToken cancel = default)
    {
        var found = await tables.Config.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancel);
        return found.HasValue ? ToRow<T>(found.Value!) : null;
    }

    /// <summary>Every row of a kind.</summary>
    public async IAsyncEnumerable<ConfigRow<T>> List<T>(
        string partition, string kind, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var rows = tables.Config.QueryAsync<TableEntity>(new KeyRange(partition, kind).Filter, cancellationToken: cancel);
        await foreach (var row in rows)
            yield return ToRow<T>(row);
    }

    /// <summary>One page of a kind; the request's prefix is one of the name behind the kind.</summary>
    public async Task<Page<ConfigRow<T>>> ListPage<T>(string partition, string kind, PageRequest page, CancellationToken cancel)
    {
        if (!KeyRange.TryRead(page, out var prefix))
            return new([], null);

        var range = new KeyRange(partition, kind + prefix, page.Cursor is null ? null : kind + page.Cursor);
        var rows = await tables.Config.ReadPage(range.Filter, page.Limit, cancel);
        var items = rows.Items.Select(ToRow<T>).ToImmutableArray();
        return new(items, rows.IsLast ? null : items[^1].Key[kind.Length..]);
    }

    /// <summary>Does all changes of the transaction.</summary>
    public async Task Commit(ConfigTransaction transaction)
    {
        var responses = await tables.Config.SubmitTransactionAsync(transaction.Actions);
        transaction.Committed(responses.Value);
    }

    private static ConfigRow<T> ToRow<T>(TableEntity entity) =>
        new(entity.RowKey, JsonColumns.Read<T>(entity), entity.GetString("Stamp") ?? "") { Guard = entity.ETag };
}
