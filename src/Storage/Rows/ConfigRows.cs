using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using TekSipCloud.Contracts;
using ETag = Azure.ETag;
using RequestFailedException = Azure.RequestFailedException;

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
        try
        {
            var responses = await tables.Config.SubmitTransactionAsync(transaction.Actions);
            transaction.Committed([.. responses.Value.Select(response => response.Headers.ETag.GetValueOrDefault(ETag.All))]);
        }
        catch (RequestFailedException refused) when (refused.Status is 404 or 409 or 412)
        {
            // The client tries again when an answer does not come; a try whose answer was lost refuses the next one.
            if (await FindCommitted(transaction) is not { } versions)
                throw;

            transaction.Committed(versions);
        }
    }

    /// <summary>The versions of the transaction's rows when storage is as it leaves it; null otherwise.</summary>
    private async Task<List<ETag>?> FindCommitted(ConfigTransaction transaction)
    {
        var versions = new List<ETag>();
        foreach (var action in transaction.Actions)
        {
            var found = await tables.Config.GetEntityIfExistsAsync<TableEntity>(action.Entity.PartitionKey, action.Entity.RowKey);
            if (!ConfigTransaction.IsDone(action, found.HasValue ? found.Value : null))
                return null;

            versions.Add(found.HasValue ? found.Value!.ETag : ETag.All);
        }

        return versions;
    }

    private static ConfigRow<T> ToRow<T>(TableEntity entity) =>
        new(entity.RowKey, JsonColumns.Read<T>(entity), entity.GetString(ConfigTransaction.StampColumn) ?? "") { Guard = entity.ETag };
}
