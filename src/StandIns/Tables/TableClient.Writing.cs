#nullable disable

using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>Writes of one entity.</summary>
public partial class TableClient
{
    /// <exception cref="RequestFailedException">409 when the entity exists.</exception>
    public virtual async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        CheckKeys(entity);
        var body = EntityWriter.WriteOne(entity);

        using var message = _account.CreateMessage(RequestMethod.Post, $"/{Name}", "", ExpectedStatuses.Write);
        return await _account.SendJson(message, body, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes an entity whether or not it exists.</summary>
    public virtual Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        CheckKeys(entity);
        return Put(entity, mode, default, cancellationToken);
    }

    /// <exception cref="RequestFailedException">412 when the version is another one, 404 when there is no such entity.</exception>
    public virtual Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        CheckKeys(entity);
        if (ifMatch == default)
            throw new ArgumentException("An update needs a version, or ETag.All for any.", nameof(ifMatch));

        return Put(entity, mode, ifMatch, cancellationToken);
    }

    /// <summary>Deletes an entity, of any version by default; a missing one answers 404 without an exception.</summary>
    /// <exception cref="RequestFailedException">412 when the version is another one.</exception>
    public virtual async Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        TableLimits.CheckKeys(partitionKey, rowKey);

        using var message = _account.CreateMessage(
            RequestMethod.Delete, EntityPath(partitionKey, rowKey), "", ExpectedStatuses.Delete);
        message.Request.Headers.Add(HttpHeader.Names.IfMatch, (ifMatch == default ? ETag.All : ifMatch).ToString());
        return await _account.Send(message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes an entity by its keys, of any version by default: the entity's own is not looked at.</summary>
    public virtual Task<Response> DeleteEntityAsync(
        ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    private static void CheckKeys<T>(T entity)
        where T : ITableEntity
    {
        ArgumentNullException.ThrowIfNull(entity);
        TableLimits.CheckKeysAreSet(entity);
    }

    private static RequestMethod MethodOf(TableUpdateMode mode) => mode switch
    {
        TableUpdateMode.Merge => RequestMethod.Patch,
        TableUpdateMode.Replace => RequestMethod.Put,
        _ => throw new ArgumentException($"{mode} is no update mode.", nameof(mode)),
    };

    private async Task<Response> Put(ITableEntity entity, TableUpdateMode mode, ETag ifMatch, CancellationToken cancel)
    {
        var body = EntityWriter.WriteOne(entity);
        var path = EntityPath(entity.PartitionKey, entity.RowKey);
        using var message = _account.CreateMessage(MethodOf(mode), path, "", ExpectedStatuses.Write);
        if (ifMatch != default)
            message.Request.Headers.Add(HttpHeader.Names.IfMatch, ifMatch.ToString());

        return await _account.SendJson(message, body, cancel).ConfigureAwait(false);
    }
}
