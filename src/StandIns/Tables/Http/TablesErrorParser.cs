using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>Reads the code and message from an error body: <c>{"odata.error":{"code":…,"message":{"value":…}}}</c>.</summary>
internal sealed class TablesErrorParser : RequestFailedDetailsParser
{
    public static readonly TablesErrorParser Instance = new();

    public override bool TryParse(
        Response response, [NotNullWhen(true)] out ResponseError? error, [NotNullWhen(true)] out IDictionary<string, string>? data)
    {
        error = null;
        data = null;
        if (response.ContentStream is not { CanSeek: true })
            return false;

        var body = response.Content.ToMemory();
        error = body.Length == 0 || body.Span[0] != '{' ? null : TryRead(body);
        error ??= response.Headers.TryGetValue("x-ms-error-code", out var code) ? new ResponseError(code, null) : null;
        if (error is null)
            return false;

        data = new Dictionary<string, string>(StringComparer.Ordinal);
        return true;
    }

    private static ResponseError? TryRead(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (!json.RootElement.TryGetProperty("odata.error", out var error))
                return null;

            var code = error.TryGetProperty("code", out var c) ? c.GetString() : null;
            var message = error.TryGetProperty("message", out var m) && m.TryGetProperty("value", out var v) ? v.GetString() : null;
            return new ResponseError(code, message);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
