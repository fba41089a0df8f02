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
        if (!KeyRange.TryRead(page, out var prefix))
            return new([], null);

        var now = clock.GetUtcNow();
        var live = await nodes.Get(cancel);
        // A username's row key is never empty, so the first possible key stands for the empty prefix.
        var keys = prefix.Length > 0
            ? new KeyRange(tenant.Value, prefix, page.Cursor).Filter
            : TableClient.CreateQueryFilter($"PartitionKey eq {tenant.Value} and RowKey gt {page.Cursor ?? ""}");
        var rows = await tables.Registrations.ReadPage(
            $"{keys} and {TableClient.CreateQueryFilter($"Expires gt {now}")}", page.Limit, cancel);

        var items = rows.Items.Select(row => ToAor(row, live, now, (binding, end) => binding.Expires > now ? binding : binding with { Expires = end }));
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
            var aor = ToAor(row, live, now, (binding, end) => binding with { Expires = end });
            var own = aor.Bindings.RemoveAll(binding => binding.Flow.Id.Node != node);
            if (!own.IsEmpty)
                yield return aor with { Bindings = own };
        }
    }

    private static RegisteredAor ToAor(
        TableEntity row, LiveNodeSet live, DateTimeOffset now, Func<Binding, DateTimeOffset, Binding> show)
    {
        var bindings = JsonColumns.Read<ImmutableArray<StoredBinding>>(row)
            .Select(stored => (stored.Binding, End: stored.End(live.Has(stored.Binding.Flow.Id))))
            .Where(stored => stored.End > now)
            .Select(stored => show(stored.Binding, stored.End));
        return new(new TenantId(row.PartitionKey), KeyEscaping.Unescape(row.RowKey), [.. bindings]);
    }
}
