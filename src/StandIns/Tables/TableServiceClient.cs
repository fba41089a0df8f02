#nullable disable

using Azure.Core;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>The tables of an account.</summary>
public class TableServiceClient
{
    private readonly TablesAccount _account;

    public TableServiceClient(string connectionString)
        : this(connectionString, null) { }

    public TableServiceClient(string connectionString, TableClientOptions options = null) =>
        _account = TablesAccount.Create(connectionString, options);

    public TableServiceClient(Uri endpoint, TableClientOptions options = null) =>
        _account = new TablesAccount(endpoint, null, options, null, null);

    public TableServiceClient(Uri endpoint, AzureSasCredential credential)
        : this(endpoint, credential, null) { }

    public TableServiceClient(Uri endpoint, AzureSasCredential credential, TableClientOptions options = null) =>
        _account = TablesAccount.Create(endpoint, credential, options);

    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential)
        : this(endpoint, credential, null) { }

    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions options) =>
        _account = TablesAccount.Create(endpoint, credential, options);

    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions options = null) =>
        _account = TablesAccount.Create(endpoint, tokenCredential, options);

    protected TableServiceClient() { }

    public virtual string AccountName => _account.Name;

    public virtual Uri Uri => _account.Endpoint;

    public static string CreateQueryFilter(FormattableString filter) => ODataFilter.Create(filter);

    /// <summary>A client of one table, which need not exist.</summary>
    public virtual TableClient GetTableClient(string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        return new TableClient(_account, tableName);
    }

    /// <exception cref="RequestFailedException">409 when the table exists.</exception>
    public virtual Task<Response<TableItem>> CreateTableAsync(string tableName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        return TableOperations.Create(_account, tableName, ExpectedStatuses.Write, cancellationToken);
    }

    /// <summary>Creates a table; the raw response has status 409 when it existed.</summary>
    public virtual Task<Response<TableItem>> CreateTableIfNotExistsAsync(
        string tableName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        return TableOperations.Create(_account, tableName, ExpectedStatuses.CreateIfNotExists, cancellationToken);
    }

    /// <summary>Deletes a table; a missing one answers 404 without an exception.</summary>
    public virtual Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        return TableOperations.Delete(_account, tableName, cancellationToken);
    }

    public virtual AsyncPageable<TableItem> QueryAsync(
        string filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new PagedQuery<TableItem>(
            (token, size, cancel) => TableOperations.List(_account, filter, token, size, cancel), maxPerPage, cancellationToken);

    public virtual AsyncPageable<TableItem> QueryAsync(
        FormattableString filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        QueryAsync(CreateQueryFilter(filter), maxPerPage, cancellationToken);
}
