using System.Globalization;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Storage.Blobs;

/// <summary>Signs each attempt by the account's key in the SharedKey scheme of the Blob service.</summary>
internal sealed class SharedKeyPolicy(StorageSharedKeyCredential credential, TimeProvider clock) : HttpPipelineSynchronousPolicy
{
    // "Authorize with Shared Key": the order of the signed headers; Date is empty where x-ms-date is given.
    private static readonly string[] Signed =
    [
        "Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date",
        "If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range",
    ];

    public override void OnSendingRequest(HttpMessage message)
    {
        message.Request.Headers.SetValue("x-ms-date", clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        var signature = credential.Sign(TextToSign(message.Request));
        message.Request.Headers.SetValue(HttpHeader.Names.Authorization, $"SharedKey {credential.AccountName}:{signature}");
    }

    private string TextToSign(Request request)
    {
        var text = new StringBuilder(request.Method.Method).Append('\n');
        foreach (var name in Signed)
        {
            var value = name != "Date" && request.Headers.TryGetValue(name, out var given) ? given : "";
            text.Append(name == "Content-Length" && value == "0" ? "" : value).Append('\n');
        }

        foreach (var header in request.Headers
            .Where(header => header.Name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase))
            .OrderBy(header => header.Name.ToLowerInvariant(), StringComparer.Ordinal))
        {
            text.Append(header.Name.ToLowerInvariant()).Append(':').Append(header.Value).Append('\n');
        }

        return text.Append(CanonicalResource(request.Uri.ToUri())).ToString();
    }

    // The account, the encoded path, and each parameter of the query, decoded, on a line of its own.
    private string CanonicalResource(Uri uri)
    {
        var text = new StringBuilder("/").Append(credential.AccountName).Append(uri.AbsolutePath);
        var parameters = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part =>
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            return (Name: part[..equals].ToLowerInvariant(), Value: Uri.UnescapeDataString(part[(equals + 1)..]));
        });
        foreach (var (name, value) in parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
            text.Append('\n').Append(name).Append(':').Append(value);

        return text.ToString();
    }
}
