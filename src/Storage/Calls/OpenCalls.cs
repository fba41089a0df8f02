using System.Collections.Immutable;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Nodes;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Calls;

/// <summary>Calls in progress: a partition per node, so that a dead node's calls are found together.</summary>
public sealed class OpenCalls(StorageTables tables, LiveNodes nodes, TimeProvider clock, ILogger<OpenCalls> logger) : IOpenCalls
{
    private readonly TableWrites _writes = new(tables.OpenCalls, logger);

    /// <summary>Writes or replaces the rows of calls, each another one; ends when they are durable.</summary>
    public async Task Write(IEnumerable<CallSummary> calls)
    {
        var now = clock.GetUtcNow();
        using var json = new JsonPages();
        await _writes.Put(calls.Select(call => ToRow(new OpenCall(call, now), json)));
    }

    /// <summary>Removes the rows of calls, which need not exist.</summary>
    public Task Remove(IEnumerable<CallSummary> calls) =>
        _writes.Delete(calls.Select(call => new KeyRow(KeyEscaping.Escape(call.Node), Key(call.Tenant, call.Id))));

    /// <summary>The call's row on whichever live node has it; null for none.</summary>
    public async Task<CallSummary?> Find(TenantId tenant, Guid call, CancellationToken cancel)
    {
        var live = await nodes.Get(cancel);
        var found = await Task.WhenAll(live.Leases.Select(lease => tables.OpenCalls.GetEntityIfExistsAsync<TableEntity>(
            KeyEscaping.Escape(lease.Name), Key(tenant, call), cancellationToken: cancel)));
        return found.FirstOrDefault(row => row.HasValue) is { } there ? JsonColumns.Read<OpenCall>(there.Value!).Call : null;
    }

    /// <summary>Every row of a node with when it was written.</summary>
    public Task<ImmutableArray<OpenCall>> ListRows(string node, CancellationToken cancel) =>
        Read(TableClient.CreateQueryFilter($"PartitionKey eq {KeyEscaping.Escape(node)}"), cancel);

    /// <inheritdoc/>
    public async Task<ImmutableArray<CallSummary>> List(TenantId tenant, CancellationToken cancel)
    {
        var live = await nodes.Get(cancel);
        var perNode = await Task.WhenAll(live.Leases.Select(lease =>
            Read(new KeyRange(KeyEscaping.Escape(lease.Name), $"{tenant}|").Filter, cancel)));

        return [.. perNode
            .SelectMany(rows => rows)
            .Select(row => row.Call)
            .Where(call => live.Has(call.Node, call.Incarnation))
            .OrderBy(call => call.Started)
            .ThenBy(call => call.Id)];
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<CallSummary>> ListByNode(string node, CancellationToken cancel) =>
        [.. (await ListRows(node, cancel)).Select(row => row.Call)];

    private static ITableEntity ToRow(OpenCall open, JsonPages json) => JsonColumns.ToRow<OpenCall>(
        KeyEscaping.Escape(open.Call.Node), Key(open.Call.Tenant, open.Call.Id), json.Write(open, CallJson.Write));

    private static string Key(TenantId tenant, Guid call) => $"{tenant}|{call:N}";

    private async Task<ImmutableArray<OpenCall>> Read(string filter, CancellationToken cancel)
    {
        var calls = ImmutableArray.CreateBuilder<OpenCall>();
        await foreach (var row in tables.OpenCalls.QueryAsync<TableEntity>(filter, cancellationToken: cancel))
            calls.Add(JsonColumns.Read<OpenCall>(row));

        return calls.DrainToImmutable();
    }
}
