using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Nodes;

/// <summary>The nodes' leases: rows of OpenCalls in a partition that is no node's.</summary>
internal sealed class NodeLeases(StorageTables tables, TimeProvider clock) : INodeLeases
{
    private const string Partition = "!nodes";

    public async Task<bool> Renew(NodeIdentity node, TimeSpan lifetime, CancellationToken cancel)
    {
        var key = KeyEscaping.Escape(node.Name);
        var found = await tables.OpenCalls.GetEntityIfExistsAsync<TableEntity>(Partition, key, cancellationToken: cancel);
        var now = clock.GetUtcNow();
        if (found.HasValue && !CanTake(JsonColumns.Read<LeaseDocument>(found.Value!), node, now))
            return false;

        var row = ToRow(new(node.Name, node.Incarnation, now + lifetime, ProcessMark.Current));
        try
        {
            if (found.HasValue)
                await tables.OpenCalls.UpdateEntityAsync(row, found.Value!.ETag, TableUpdateMode.Replace, cancel);
            else
                await tables.OpenCalls.AddEntityAsync(row, cancel);

            return true;
        }
        catch (RequestFailedException conflict) when (conflict.Status is 409 or 412)
        {
            // The client tries again when an answer does not come: the one that was before us may be ourselves.
            return await IsHeld(node, key, cancel);
        }
    }

    public async Task Release(NodeIdentity node, CancellationToken cancel)
    {
        var key = KeyEscaping.Escape(node.Name);
        var found = await tables.OpenCalls.GetEntityIfExistsAsync<TableEntity>(Partition, key, cancellationToken: cancel);
        if (!found.HasValue || JsonColumns.Read<LeaseDocument>(found.Value!) is not { } lease || lease.Incarnation != node.Incarnation)
            return;

        // The row stays: whatever the node left open in the books is found by it.
        var row = ToRow(lease with { Expires = clock.GetUtcNow() });
        await tables.OpenCalls.UpdateEntityAsync(row, found.Value!.ETag, TableUpdateMode.Replace, cancel);
    }

    public async Task<ImmutableArray<NodeLease>> List(CancellationToken cancel)
    {
        var leases = ImmutableArray.CreateBuilder<NodeLease>();
        await foreach (var lease in Read(cancel))
            leases.Add(ToLease(lease));

        return leases.DrainToImmutable();
    }

    public async Task<NodeLease?> FindRival(NodeIdentity node, CancellationToken cancel)
    {
        await foreach (var lease in Read(cancel))
        {
            var isLive = lease.Expires > clock.GetUtcNow() && !lease.Process.IsGone();
            if (isLive && lease.Name != node.Name && lease.Process != ProcessMark.Current)
                return ToLease(lease);
        }

        return null;
    }

    private async Task<bool> IsHeld(NodeIdentity node, string key, CancellationToken cancel)
    {
        var found = await tables.OpenCalls.GetEntityIfExistsAsync<TableEntity>(Partition, key, cancellationToken: cancel);
        return found.HasValue && JsonColumns.Read<LeaseDocument>(found.Value!).Incarnation == node.Incarnation;
    }

    private async IAsyncEnumerable<LeaseDocument> Read([EnumeratorCancellation] CancellationToken cancel)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        await foreach (var row in tables.OpenCalls.QueryAsync<TableEntity>(filter, cancellationToken: cancel))
            yield return JsonColumns.Read<LeaseDocument>(row);
    }

    private static NodeLease ToLease(LeaseDocument lease) => new(lease.Name, lease.Incarnation, lease.Expires);

    private static bool CanTake(LeaseDocument held, NodeIdentity node, DateTimeOffset now) =>
        held.Incarnation == node.Incarnation || held.Expires <= now || held.Process.IsGone();

    private static TableEntity ToRow(LeaseDocument lease)
    {
        var row = new TableEntity(Partition, KeyEscaping.Escape(lease.Name));
        JsonColumns.Write(row, lease);
        return row;
    }
}
