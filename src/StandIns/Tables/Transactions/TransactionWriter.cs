using System.Text;
using Azure.Core;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>Writes the actions of a transaction as one multipart change set.</summary>
/// <param name="endpoint">The account's endpoint, without a slash at its end.</param>
/// <param name="table">The table of all actions.</param>
internal sealed class TransactionWriter(string endpoint, string table) : IDisposable
{
    private readonly PooledBuffer _body = new(64 * 1024);
    private readonly EntityWriter _entities = new();
    private readonly string _batch = $"batch_{Guid.NewGuid()}";
    private readonly string _changeSet = $"changeset_{Guid.NewGuid()}";
    private byte[] _resource = [];
    private byte[] _partStart = [];
    private RequestMethod _partMethod;

    public string ContentType => $"multipart/mixed; boundary={_batch}";

    /// <summary>Gives the body's memory back.</summary>
    public void Dispose()
    {
        _entities.Dispose();
        _body.Dispose();
    }

    /// <returns>The body, valid until this is disposed.</returns>
    /// <exception cref="TableTransactionFailedException">An action breaks a limit; the service would say the same.</exception>
    public ReadOnlyMemory<byte> Write(IReadOnlyList<TableTransactionAction> actions)
    {
        TransactionRules.Check(actions);

        _resource = Encoding.UTF8.GetBytes(
            $" {endpoint}/{table}(PartitionKey={ODataLiteral.QuoteForUri(actions[0].Entity.PartitionKey)},RowKey=");

        _body.Append($"--{_batch}\r\nContent-Type: multipart/mixed; boundary={_changeSet}\r\n\r\n");
        for (var i = 0; i < actions.Count; i++)
            WriteAction(actions[i], i);

        _body.Append($"--{_changeSet}--\r\n\r\n--{_batch}--\r\n");
        if (_body.WrittenCount > TableLimits.MaxTransactionBytes)
        {
            throw new TableTransactionFailedException(TableLimits.Refuse(
                TableErrorCode.ContentLengthExceeded,
                $"The transaction takes {_body.WrittenCount} bytes; at most {TableLimits.MaxTransactionBytes} are allowed."));
        }

        return _body.WrittenMemory;
    }

    private static RequestMethod MethodOf(TableTransactionActionType type) => type switch
    {
        TableTransactionActionType.Add => RequestMethod.Post,
        TableTransactionActionType.Delete => RequestMethod.Delete,
        TableTransactionActionType.UpdateReplace or TableTransactionActionType.UpsertReplace => RequestMethod.Put,
        TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge => RequestMethod.Patch,
        _ => throw new InvalidOperationException($"{type} is no action of a transaction."),
    };

    private static string? IfMatchOf(TableTransactionAction action) => action.ActionType switch
    {
        TableTransactionActionType.Delete => (action.ETag == default ? ETag.All : action.ETag).ToString(),
        TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace when action.ETag != default =>
            action.ETag.ToString(),
        _ => null,
    };

    private void WriteAction(TableTransactionAction action, int index)
    {
        var type = action.ActionType;
        BeginPart(MethodOf(type));
        if (type is not TableTransactionActionType.Add)
        {
            ODataLiteral.QuoteForUri(action.Entity.RowKey, _body);
            _body.Append(")"u8);
        }

        _body.Append(" HTTP/1.1\r\nAccept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0\r\n"u8);
        if (IfMatchOf(action) is { } version)
        {
            _body.Append("If-Match: "u8);
            _body.Append(version);
            _body.Append("\r\n"u8);
        }

        if (type is TableTransactionActionType.Add)
            _body.Append("Prefer: return-no-content\r\n"u8);
        if (type is not TableTransactionActionType.Delete)
            WriteEntity(action.Entity, index);
        else
            _body.Append("\r\n"u8);

        _body.Append("\r\n"u8);
    }

    // Most transactions have one method, with which all parts begin alike.
    private void BeginPart(RequestMethod method)
    {
        if (_partStart.Length == 0 || method != _partMethod)
        {
            var start = Encoding.UTF8.GetBytes(
                $"--{_changeSet}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n{method.Method}");
            _partStart = [.. start, .. method == RequestMethod.Post ? Encoding.UTF8.GetBytes($" {endpoint}/{table}") : _resource];
            _partMethod = method;
        }

        _body.Append(_partStart);
    }

    private void WriteEntity(ITableEntity entity, int index)
    {
        try
        {
            var json = _entities.Write(entity).Span;
            _body.Append("Content-Type: application/json;odata=minimalmetadata\r\nContent-Length: "u8);
            _body.Append(json.Length);
            _body.Append("\r\n\r\n"u8);
            _body.Append(json);
        }
        catch (RequestFailedException refusal)
        {
            throw TransactionRules.Fail(refusal, index);
        }
    }
}
