#nullable disable

using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>Reads of one entity or many.</summary>
public partial class TableClient
{
    /// <exception cref="RequestFailedException">404 when there is no such entity.</exception>
    public virtual async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var response = await Get(partitionKey, rowKey, select, ExpectedStatuses.Read, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(EntityReader.ReadOne<T>(response.Content), response);
    }

    /// <summary>Reads an entity; the response has no value when there is none.</summary>
    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var response = await Get(partitionKey, rowKey, select, ExpectedStatuses.ReadIfExists, cancellationToken)
            .ConfigureAwait(false);
        return response.Status == 404
            ? new NoValueResponse<T>(response)
            : Response.FromValue(EntityReader.ReadOne<T>(response.Content), response);
    }

    /// <summary>Reads the entities that a filter lets pass, ordered by partition key and row key.</summary>
    public virtual AsyncPageable<T> QueryAsync<T>(
        string filter = null, int? maxPerPage = null, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var columns = Join(select);
        return new PagedQuery<T>(
            (token, size, cancel) => FetchPage<T>(filter, columns, token, size, cancel), maxPerPage, cancellationToken);
    }

    private static string Join(IEnumerable<string> select) => select is null ? null : string.Join(',', select);

    private async Task<Response> Get(
        string partitionKey, string rowKey, IEnumerable<string> select, ResponseClassifier expected, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        TableLimits.CheckKeys(partitionKey, rowKey);

        var query = new QueryString().Add("$select", Join(select)).ToString();
        using var message = _account.CreateMessage(RequestMethod.Get, EntityPath(partitionKey, rowKey), query, expected);
        return await _account.Send(message, cancel).ConfigureAwait(false);
    }

    private async Task<Page<T>> FetchPage<T>(
        string filter, string select, string token, int? size, CancellationToken cancel)
        where T : class, ITableEntity
    {
        TableLimits.CheckPageSize(size);
        var query = new QueryString()
            .Add("$filter", filter)
            .Add("$select", select)
            .Add("$top", size?.ToString())
            .Add(ContinuationToken.ToQuery(token))
            .ToString();
        using var message = _account.CreateMessage(RequestMethod.Get, $"/{Name}()", query, ExpectedStatuses.Read);
        var response = await _account.Send(message, cancel).ConfigureAwait(false);
        return Page<T>.FromValues(EntityReader.ReadPage<T>(response.Content), ContinuationToken.Read(response), response);
    }
}
