using System.Buffers;
using System.Text;
using Azure.Core;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>Writes the actions of a transaction as one multipart change set.</summary>
/// <param name="endpoint">The account's endpoint, without a slash at its end.</param>
/// <param name="table">The table of all actions.</param>
internal sealed class TransactionWriter(string endpoint, string table) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _body = new(4096);
    private readonly EntityWriter _entities = new();
    private readonly string _batch = $"batch_{Guid.NewGuid()}";
    private readonly string _changeSet = $"changeset_{Guid.NewGuid()}";

    public string ContentType => $"multipart/mixed; boundary={_batch}";

    public void Dispose() => _entities.Dispose();

    /// <exception cref="TableTransactionFailedException">An action breaks a limit; the service would say the same.</exception>
    public ReadOnlyMemory<byte> Write(IReadOnlyList<TableTransactionAction> actions)
    {
        TransactionRules.Check(actions);

        Append($"--{_batch}\r\nContent-Type: multipart/mixed; boundary={_changeSet}\r\n\r\n");
        for (var i = 0; i < actions.Count; i++)
            WriteAction(actions[i], i);

        Append($"--{_changeSet}--\r\n\r\n--{_batch}--\r\n");
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
        var (type, entity) = (action.ActionType, action.Entity);
        var hasBody = type is not TableTransactionActionType.Delete;
        var body = hasBody ? WriteEntity(entity, index) : default;
        var keys = type is TableTransactionActionType.Add
            ? ""
            : $"(PartitionKey={ODataLiteral.QuoteForUri(entity.PartitionKey)},RowKey={ODataLiteral.QuoteForUri(entity.RowKey)})";

        Append($"--{_changeSet}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
        Append($"{MethodOf(type)} {endpoint}/{table}{keys} HTTP/1.1\r\n");
        Append($"Accept: {TablesAccount.Json}\r\nDataServiceVersion: 3.0\r\n");
        if (IfMatchOf(action) is { } version)
            Append($"If-Match: {version}\r\n");
        if (type is TableTransactionActionType.Add)
            Append("Prefer: return-no-content\r\n");
        if (hasBody)
            Append($"Content-Type: {TablesAccount.Json}\r\nContent-Length: {body.Length}\r\n");

        Append("\r\n");
        _body.Write(body.Span);
        Append("\r\n");
    }

    private ReadOnlyMemory<byte> WriteEntity(ITableEntity entity, int index)
    {
        try
        {
            return _entities.Write(entity);
        }
        catch (RequestFailedException refusal)
        {
            throw TransactionRules.Fail(refusal, index);
        }
    }

    private void Append(string text) => Encoding.UTF8.GetBytes(text, _body);
}
