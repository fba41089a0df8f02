using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Nodes;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Registrations;

/// <summary>Lists registrations from their rows.</summary>
internal sealed class RegistrationList(StorageTables tables, LiveNodes nodes, TimeProvider clock) : IRegistrationList
{
    public async Task<Page<RegisteredAor>> List(TenantId tenant, PageRequest page, CancellationToken cancel)
    {
        if (page.Cursor is not null && !KeyRange.CanBeKey(page.Cursor))
            return new([], null);

        var now = clock.GetUtcNow();
        var live = await nodes.Get(cancel);
        // A username's row key is never empty, so the first possible key stands for the empty prefix.
        var prefix = KeyEscaping.Escape(page.Prefix ?? "");
        var keys = prefix.Length > 0
            ? new KeyRange(tenant.Value, prefix, page.Cursor).Filter
            : TableClient.CreateQueryFilter($"PartitionKey eq {tenant.Value} and RowKey gt {page.Cursor ?? ""}");
        var rows = await tables.Registrations.ReadPage(
            $"{keys} and {TableClient.CreateQueryFilter($"Expires gt {now}")}", page.Limit, cancel);

        var items = rows.Items.Select(row => ToAor(row, binding => binding.End(live.Has(binding.Binding.Flow.Id)) > now));
        return new([.. items.Where(aor => !aor.Bindings.IsEmpty)], rows.IsLast ? null : rows.Items[^1].RowKey);
    }

    public async IAsyncEnumerable<RegisteredAor> ListByNode(string node, [EnumeratorCancellation] CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var live = await nodes.Get(cancel);
        var filter = TableClient.CreateQueryFilter(
            FormattableStringFactory.Create(RegistrationRows.NodeColumn(node) + " gt {0}", now));

        await foreach (var row in tables.Registrations.QueryAsync<TableEntity>(filter, cancellationToken: cancel))
        {
            var aor = ToAor(row, stored => stored.Binding.Flow.Id.Node == node && stored.End(live.Has(stored.Binding.Flow.Id)) > now,
                stored => stored.Binding with { Expires = stored.End(live.Has(stored.Binding.Flow.Id)) });
            if (!aor.Bindings.IsEmpty)
                yield return aor;
        }
    }

    private static RegisteredAor ToAor(
        TableEntity row, Func<StoredBinding, bool> isWanted, Func<StoredBinding, Binding>? show = null)
    {
        var stored = JsonColumns.Read<ImmutableArray<StoredBinding>>(row).Where(isWanted);
        return new(
            new TenantId(row.PartitionKey),
            KeyEscaping.Unescape(row.RowKey),
            [.. stored.Select(show ?? (binding => binding.Binding))]);
    }
}
