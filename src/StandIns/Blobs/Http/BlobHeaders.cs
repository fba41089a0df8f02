using System.Globalization;
using Azure.Core;

namespace Azure.Storage.Blobs;

/// <summary>What travels in headers.</summary>
internal static class BlobHeaders
{
    public const string ErrorCode = "x-ms-error-code";
    private const string Metadata = "x-ms-meta-";

    public static ETag ETag(Response response) => response.Headers.ETag ?? default;

    public static DateTimeOffset LastModified(Response response) =>
        response.Headers.TryGetValue("Last-Modified", out var text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var moment) ? moment : default;

    public static long ContentLength(Response response) =>
        response.Headers.TryGetValue(HttpHeader.Names.ContentLength, out var text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : 0;

    public static void AddConditions(Request request, RequestConditions? conditions)
    {
        if (conditions?.IfMatch is { } match)
            request.Headers.SetValue("If-Match", match.ToString("H"));
        if (conditions?.IfNoneMatch is { } noneMatch)
            request.Headers.SetValue("If-None-Match", noneMatch.ToString("H"));
        if (conditions?.IfModifiedSince is { } modified)
            request.Headers.SetValue("If-Modified-Since", modified.ToString("R", CultureInfo.InvariantCulture));
        if (conditions?.IfUnmodifiedSince is { } unmodified)
            request.Headers.SetValue("If-Unmodified-Since", unmodified.ToString("R", CultureInfo.InvariantCulture));
        if (conditions is Models.BlobRequestConditions { LeaseId: { } lease })
            request.Headers.SetValue("x-ms-lease-id", lease);
    }

    public static void AddMetadata(Request request, IDictionary<string, string>? metadata)
    {
        foreach (var (name, value) in metadata ?? new Dictionary<string, string>(StringComparer.Ordinal))
            request.Headers.Add(Metadata + name, value);
    }

    public static Dictionary<string, string> ReadMetadata(Response response) => response.Headers
        .Where(header => header.Name.StartsWith(Metadata, StringComparison.OrdinalIgnoreCase))
        .ToDictionary(header => header.Name[Metadata.Length..], header => header.Value, StringComparer.OrdinalIgnoreCase);
}
