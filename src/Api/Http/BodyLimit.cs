using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace TekSipCloud.Api.Http;

/// <summary>Bounds request bodies before anything reads them.</summary>
internal sealed class BodyLimit(RequestDelegate next, IOptions<ApiOptions> options, TimeProvider clock)
{
    // A client that writes before it reads would see a broken connection instead of our 413: a body that is not absurd is taken
    // and thrown away. What is more by sixteen of the usual limit costs a second of a fast line and no memory.
    private const int MaxExcess = 16;
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext context)
    {
        var limit = context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? options.Value.MaxBodyBytes;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false } feature)
        {
            await next(context);
            return;
        }

        feature.MaxRequestBodySize = limit;
        if (context.Request.ContentLength is not { } length || length <= limit)
        {
            await next(context);
            return;
        }

        if (length - limit <= (MaxExcess - 1L) * options.Value.MaxBodyBytes && !context.Request.Headers.ContainsKey(HeaderNames.Expect))
        {
            feature.MaxRequestBodySize = length;
            await Drain(context);
        }

        throw new BadHttpRequestException("The body is too big.", StatusCodes.Status413PayloadTooLarge);
    }

    private async Task Drain(HttpContext context)
    {
        using var late = new CancellationTokenSource(MaxWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            await context.Request.Body.CopyToAsync(Stream.Null, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            // Too slow to be waited for; it is told all the same.
        }
    }
}
