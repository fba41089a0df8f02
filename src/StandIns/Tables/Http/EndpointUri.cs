namespace Azure.Data.Tables;

/// <summary>What an endpoint says of its account and table.</summary>
internal static class EndpointUri
{
    /// <summary>The account: the first label of a DNS name, or the first segment of the path where the host is an address.</summary>
    public static string? FindAccount(Uri endpoint)
    {
        if (IsPathStyle(endpoint))
            return endpoint.Segments.Length > 1 ? endpoint.Segments[1].TrimEnd('/') : null;

        var dot = endpoint.Host.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? null : endpoint.Host[..dot];
    }

    /// <summary>The table that an endpoint names after its account, or null.</summary>
    public static string? FindTable(Uri endpoint)
    {
        var index = IsPathStyle(endpoint) ? 2 : 1;
        var segment = endpoint.Segments.Length > index ? endpoint.Segments[index].Trim('/') : "";
        if (segment.StartsWith("Tables('", StringComparison.Ordinal))
            segment = segment["Tables('".Length..^"')".Length];

        return segment.Length == 0 ? null : segment;
    }

    /// <summary>The endpoint of a table's account, keeping the query.</summary>
    public static Uri WithoutTable(Uri endpoint)
    {
        if (FindTable(endpoint) is null)
            return endpoint;

        var kept = IsPathStyle(endpoint) ? endpoint.Segments[..2] : endpoint.Segments[..1];
        return new UriBuilder(endpoint) { Path = string.Concat(kept).TrimEnd('/') }.Uri;
    }

    private static bool IsPathStyle(Uri endpoint) => endpoint.IsLoopback || endpoint.HostNameType != UriHostNameType.Dns;
}
