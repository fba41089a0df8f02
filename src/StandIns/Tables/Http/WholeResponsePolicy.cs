using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables;

/// <summary>
/// Reads an answer whole, within the attempt that is tried again when that fails, as the pipeline would by itself: but into rented memory
/// while its length isn't known, so that one array of the right size is all that is left of it.
/// </summary>
internal sealed class WholeResponsePolicy : HttpPipelinePolicy
{
    private const int Expected = 64 * 1024;
    private const int ReadAtLeast = 4 * 1024;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        if (message.Response.ContentStream is not { CanSeek: false } content)
            return;

        using var buffer = new PooledBuffer(Expected);
        int read;
        while ((read = await content.ReadAsync(buffer.GetMemory(ReadAtLeast), message.CancellationToken).ConfigureAwait(false)) > 0)
            buffer.Advance(read);

        await content.DisposeAsync().ConfigureAwait(false);
        Keep(message, buffer);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        ProcessNext(message, pipeline);
        if (message.Response.ContentStream is not { CanSeek: false } content)
            return;

        using var buffer = new PooledBuffer(Expected);
        int read;
        while ((read = content.Read(buffer.GetSpan(ReadAtLeast))) > 0)
            buffer.Advance(read);

        content.Dispose();
        Keep(message, buffer);
    }

    private static void Keep(HttpMessage message, PooledBuffer buffer) =>
        message.Response.ContentStream = new MemoryStream(
            buffer.WrittenMemory.ToArray(), 0, buffer.WrittenCount, writable: false, publiclyVisible: true);
}
