using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TekSipCloud.StandIns.Tests.Tables;

/// <summary>A server before Azurite that answers the first requests with faults and passes the others on.</summary>
internal sealed class FaultyGateway : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly HttpClient _azurite = new();
    private readonly Uri _target;
    private readonly ConcurrentQueue<int> _faults;

    private FaultyGateway(Uri target, IEnumerable<int> faults)
    {
        (_target, _faults) = (target, new ConcurrentQueue<int>(faults));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(Answer);
    }

    /// <summary>Never answers a request, but tells that it came.</summary>
    public const int Silence = 0;

    public Uri Endpoint { get; private set; } = null!;

    /// <summary>How each request was authorized.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public TaskCompletionSource Silenced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<FaultyGateway> Start(Uri target, params int[] faults)
    {
        var gateway = new FaultyGateway(target, faults);
        await gateway._server.StartAsync();
        gateway.Endpoint = new Uri(new Uri(gateway._server.Urls.First()), target.AbsolutePath);
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _azurite.Dispose();
    }

    private async Task Answer(HttpContext context)
    {
        Requests.Enqueue(context.Request.Headers.Authorization.ToString());
        if (!_faults.TryDequeue(out var fault))
            await Forward(context);
        else if (fault == Silence)
            await KeepSilent(context.RequestAborted);
        else
            context.Response.StatusCode = fault;
    }

    private async Task KeepSilent(CancellationToken aborted)
    {
        Silenced.TrySetResult();
        await ((Task)Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, aborted)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Forward(HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_target, context.Features
            .Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget));
        request.Content = new StreamContent(context.Request.Body);
        foreach (var (name, values) in context.Request.Headers.Where(h => h.Key is not ("Host" or "Transfer-Encoding")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, [.. values]))
                request.Content.Headers.TryAddWithoutValidation(name, [.. values]);
        }

        using var response = await _azurite.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Where(h => h.Key is "ETag" || h.Key.StartsWith("x-ms-", StringComparison.Ordinal)))
            context.Response.Headers[name] = values.ToArray();

        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
