using Azure.Core;
using Azure.Core.Pipeline;

namespace TekSipCloud.Storage.Tests.Rows;

/// <summary>Counts what goes to storage.</summary>
internal sealed class RequestCounter : HttpPipelineSynchronousPolicy
{
    private int _count;

    public int Count => _count;

    public override void OnSendingRequest(HttpMessage message) => Interlocked.Increment(ref _count);
}
