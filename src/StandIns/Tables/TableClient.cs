#nullable disable

using Azure.Core;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>One table and its entities.</summary>
public partial class TableClient
{
    private readonly TablesAccount _account;

    public TableClient(string connectionString, string tableName)
        : this(connectionString, tableName, null) { }

    public TableClient(string connectionString, string tableName, TableClientOptions options = null)
        : this(TablesAccount.Create(connectionString, options), tableName) { }

    /// <summary>A table by an endpoint that names it and carries a shared access signature.</summary>
    public TableClient(Uri endpoint, TableClientOptions options = null)
        : this(new TablesAccount(EndpointUri.WithoutTable(endpoint), null, options, null, null), EndpointUri.FindTable(endpoint)) { }

    public TableClient(Uri endpoint, AzureSasCredential credential, TableClientOptions options = null)
        : this(TablesAccount.Create(EndpointUri.WithoutTable(endpoint), credential, options), EndpointUri.FindTable(endpoint)) { }

    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential)
        : this(endpoint, tableName, credential, null) { }

    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential, TableClientOptions options = null)
        : this(TablesAccount.Create(endpoint, credential, options), tableName) { }

    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions options = null)
        : this(TablesAccount.Create(endpoint, tokenCredential, options), tableName) { }

    protected TableClient() { }

    internal TableClient(TablesAccount account, string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        _account = account;
        Name = tableName;
    }

    public virtual string AccountName => _account.Name;

    public virtual string Name { get; }

    public virtual Uri Uri => new($"{_account.Base}/{Name}");

    /// <summary>A filter whose arguments are quoted and escaped as their types need.</summary>
    public static string CreateQueryFilter(FormattableString filter) => ODataFilter.Create(filter);

    /// <exception cref="RequestFailedException">409 when the table exists.</exception>
    public virtual Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) =>
        TableOperations.Create(_account, Name, ExpectedStatuses.Write, cancellationToken);

    /// <summary>Creates the table; the raw response has status 409 when it existed.</summary>
    public virtual Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        TableOperations.Create(_account, Name, ExpectedStatuses.CreateIfNotExists, cancellationToken);

    /// <summary>Deletes the table; a missing one answers 404 without an exception.</summary>
    public virtual Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
        TableOperations.Delete(_account, Name, cancellationToken);

    private string EntityPath(string partitionKey, string rowKey) =>
        $"/{Name}(PartitionKey={ODataLiteral.QuoteForUri(partitionKey)},RowKey={ODataLiteral.QuoteForUri(rowKey)})";
}
