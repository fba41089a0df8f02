#nullable disable

using System.Globalization;
using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>Writes of many entities of one partition, all or none.</summary>
public partial class TableClient
{
    /// <summary>Submits at most 100 actions on different rows of one partition.</summary>
    /// <returns>The answer to each action, in their order.</returns>
    /// <exception cref="TableTransactionFailedException">An action was refused, so none took effect.</exception>
    /// <exception cref="InvalidOperationException">There is no action.</exception>
    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transactionActions);
        TableTransactionAction[] actions = [.. transactionActions];
        var writer = new TransactionWriter(_account.Base, Name);
        var body = writer.Write(actions);

        using var message = _account.CreateMessage(RequestMethod.Post, "/$batch", "", ExpectedStatuses.Transaction);
        message.Request.Headers.Add(HttpHeader.Names.ContentType, writer.ContentType);
        message.Request.Content = RequestContent.Create(body);
        var response = await _account.Send(message, cancellationToken).ConfigureAwait(false);

        // Only now: a request that failed may still be being sent.
        writer.Dispose();
        var answers = new TransactionAnswers(response.Content.ToMemory(), actions.Length);
        if (answers.FirstRefused >= 0)
            throw RefusalOf(answers[answers.FirstRefused]);

        return Response.FromValue<IReadOnlyList<Response>>(answers, response);
    }

    private static TableTransactionFailedException RefusalOf(Response answer)
    {
        var refusal = new RequestFailedException(answer, null, TablesErrorParser.Instance);
        return FindIndex(answer) is { } index ? TransactionRules.Fail(refusal, index) : new TableTransactionFailedException(refusal);
    }

    // The service answers a refused transaction once, with a message that begins with the action's index and a colon.
    private static int? FindIndex(Response answer)
    {
        if (!TablesErrorParser.Instance.TryParse(answer, out var error, out _) || error.Message is null)
            return null;

        var colon = error.Message.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && int.TryParse(error.Message.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;
    }
}
