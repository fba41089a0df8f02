using System.Collections.Immutable;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Registrations;

/// <summary>The Registrations table: one row an AOR, written by its extension alone, in groups.</summary>
/// <remarks>
/// Besides the bindings a row has <c>Expires</c>, when its last binding ends, and a column <c>On_node</c> per node that
/// holds one, with when
/// the last one there ends: storage itself leaves out what is over and finds a node's own.
/// </remarks>
public sealed class RegistrationRows(StorageTables tables, ILogger<RegistrationRows> logger)
{
    internal const string ExpiresColumn = "Expires";

    private readonly GroupCommit _writes = new(tables.Registrations, logger);

    /// <summary>The bindings of an AOR as stored, ended ones too.</summary>
    public async Task<ImmutableArray<StoredBinding>> Read(TenantId tenant, string username, CancellationToken cancel)
    {
        var found = await tables.Registrations.GetEntityIfExistsAsync<TableEntity>(
            tenant.Value, KeyEscaping.Escape(username), cancellationToken: cancel);
        return found.HasValue ? JsonColumns.Read<ImmutableArray<StoredBinding>>(found.Value!) : [];
    }

    /// <summary>
    /// Replaces the bindings of an AOR, or removes its row when there are none; ends when that is durable.
    /// </summary>
    public Task Write(TenantId tenant, string username, ImmutableArray<StoredBinding> bindings) => bindings.IsEmpty
        ? _writes.Delete(tenant.Value, KeyEscaping.Escape(username))
        : _writes.Put(ToRow(tenant, username, bindings));

    // A node's name has letters, digits and '-'; a column's has no '-'.
    internal static string NodeColumn(string node) => node.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        ? "On_" + node.Replace('-', '_')
        : throw new ArgumentException($"'{node}' is not a node's name.", nameof(node));

    private static TableEntity ToRow(TenantId tenant, string username, ImmutableArray<StoredBinding> bindings)
    {
        var row = new TableEntity(tenant.Value, KeyEscaping.Escape(username))
        {
            ["Username"] = username,
            [ExpiresColumn] = bindings.Max(stored => stored.Until),
        };

        foreach (var node in bindings.GroupBy(stored => stored.Binding.Flow.Id.Node))
            row[NodeColumn(node.Key)] = node.Max(stored => stored.Until);

        JsonColumns.Write(row, bindings);
        return row;
    }
}
