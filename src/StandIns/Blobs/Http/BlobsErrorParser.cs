using System.Diagnostics.CodeAnalysis;
using Azure.Core;

namespace Azure.Storage.Blobs;

/// <summary>Reads an error's code, which every refusal of the service has in a header.</summary>
internal sealed class BlobsErrorParser : RequestFailedDetailsParser
{
    public static readonly BlobsErrorParser Instance = new();

    public override bool TryParse(
        Response response, [NotNullWhen(true)] out ResponseError? error, [NotNullWhen(true)] out IDictionary<string, string>? data)
    {
        error = response.Headers.TryGetValue(BlobHeaders.ErrorCode, out var code) ? new ResponseError(code, null) : null;
        data = error is null ? null : new Dictionary<string, string>(StringComparer.Ordinal);
        return error is not null;
    }
}
