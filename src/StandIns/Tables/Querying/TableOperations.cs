using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>What is done to tables as such.</summary>
internal static class TableOperations
{
    public static async Task<Response<TableItem>> Create(
        TablesAccount account, string table, ResponseClassifier expected, CancellationToken cancel)
    {
        using var message = account.CreateMessage(RequestMethod.Post, "/Tables", "", expected);
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>(StringComparer.Ordinal) { ["TableName"] = table });
        var response = await account.SendJson(message, body, cancel).ConfigureAwait(false);
        if (response.Status == 409)
            ThrowIfBeingDeleted(response);

        return Response.FromValue(new TableItem(table), response);
    }

    public static async Task<Response> Delete(TablesAccount account, string table, CancellationToken cancel)
    {
        using var message = account.CreateMessage(
            RequestMethod.Delete, $"/Tables({ODataLiteral.QuoteForUri(table)})", "", ExpectedStatuses.Delete);
        return await account.Send(message, cancel).ConfigureAwait(false);
    }

    public static async Task<Page<TableItem>> List(
        TablesAccount account, string? filter, string? token, int? size, CancellationToken cancel)
    {
        TableLimits.CheckPageSize(size);
        var query = new QueryString().Add("$filter", filter).Add("$top", size?.ToString()).Add("NextTableName", token);
        using var message = account.CreateMessage(RequestMethod.Get, "/Tables", query.ToString(), ExpectedStatuses.Read);
        var response = await account.Send(message, cancel).ConfigureAwait(false);

        using var json = JsonDocument.Parse(response.Content.ToMemory());
        TableItem[] tables = [.. json.RootElement.GetProperty("value").EnumerateArray()
            .Select(table => new TableItem(table.GetProperty("TableName").GetString()))];
        response.Headers.TryGetValue("x-ms-continuation-NextTableName", out var next);
        return Page<TableItem>.FromValues(tables, next, response);
    }

    private static void ThrowIfBeingDeleted(Response response)
    {
        var failure = new RequestFailedException(response);
        if (failure.ErrorCode == TableErrorCode.TableBeingDeleted)
            throw failure;
    }
}
