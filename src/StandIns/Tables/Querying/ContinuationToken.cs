namespace Azure.Data.Tables;

/// <summary>Where a page of entities ends: two opaque values of the service, joined by a space.</summary>
internal static class ContinuationToken
{
    private const string PartitionHeader = "x-ms-continuation-NextPartitionKey";
    private const string RowHeader = "x-ms-continuation-NextRowKey";

    public static string? Read(Response response)
    {
        response.Headers.TryGetValue(PartitionHeader, out var partition);
        response.Headers.TryGetValue(RowHeader, out var row);
        return partition is null && row is null ? null : $"{partition} {row}";
    }

    public static IEnumerable<(string Name, string Value)> ToQuery(string? token)
    {
        if (token is null || token.Length <= 1)
            yield break;

        var parts = token.Split(' ', 2);
        yield return ("NextPartitionKey", parts[0]);
        if (parts.Length > 1 && parts[1].Length > 0)
            yield return ("NextRowKey", parts[1]);
    }
}
