using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TekSipCloud.Api.Http;

/// <summary>Carries storage's opaque versions in the <c>ETag</c> and <c>If-Match</c> headers (RFC 9110 §8.8.3, §13.1.1).</summary>
internal static class ETags
{
    private const int MaxLength = 512;

    /// <summary>The header's form: base64url, because an opaque version may hold quotes.</summary>
    public static string ToHeader(string eTag) => $"\"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(eTag))}\"";

    public static void Tag(this HttpResponse response, string eTag) => response.Headers.ETag = ToHeader(eTag);

    /// <summary>What <c>If-Match</c> demands; a value that we never gave is refused with Changed, as it can't match.</summary>
    public static Problem? TryRead(string? ifMatch, out WriteCondition condition)
    {
        condition = WriteCondition.None;
        var value = ifMatch?.Trim() ?? "";
        if (value.Length == 0 || value == "*")
            return null;

        if (value is not ['"', .. var encoded, '"'] || value.Length > MaxLength || !Base64Url.IsValid(encoded))
            return Problem.Changed();

        condition = WriteCondition.IfMatch(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(encoded)));
        return null;
    }
}
