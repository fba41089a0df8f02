using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables;

/// <summary>Adds the shared access signature, as it is at that moment, to a request's query.</summary>
internal sealed class SharedAccessSignaturePolicy(AzureSasCredential credential) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var uri = message.Request.Uri;
        var signature = credential.Signature.TrimStart('?');
        uri.Query = uri.Query.Length <= 1 ? $"?{signature}" : $"{uri.Query}&{signature}";
    }
}
