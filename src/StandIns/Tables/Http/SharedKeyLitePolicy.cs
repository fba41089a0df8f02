using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables;

/// <summary>Signs each attempt by the account's key in the SharedKeyLite scheme of the Table service.</summary>
internal sealed class SharedKeyLitePolicy(TableSharedKeyCredential credential, TimeProvider clock) : HttpPipelineSynchronousPolicy
{
    private const string DateHeader = "x-ms-date";

    public override void OnSendingRequest(HttpMessage message)
    {
        var date = clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        message.Request.Headers.SetValue(DateHeader, date);
        message.Request.Headers.SetValue(HttpHeader.Names.Authorization, Authorize(date, message.Request.Uri.ToUri()));
    }

    internal string Authorize(string date, Uri uri) =>
        $"SharedKeyLite {credential.AccountName}:{credential.Sign($"{date}\n{CanonicalResource(uri)}")}";

    // "Authorize with Shared Key", Shared Key Lite for the Table service: /account, the encoded path, and ?comp= alone of the query.
    private string CanonicalResource(Uri uri)
    {
        var component = uri.Query.TrimStart('?').Split('&').FirstOrDefault(part => part.StartsWith("comp=", StringComparison.Ordinal));
        var resource = $"/{credential.AccountName}{uri.AbsolutePath}";
        return component is null ? resource : $"{resource}?{component}";
    }
}
