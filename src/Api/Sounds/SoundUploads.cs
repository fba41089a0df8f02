using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Sounds;

/// <summary>Takes uploads: a few at a time, one of a tenant, so that they hold little memory and one processor at most.</summary>
internal sealed class SoundUploads(ISoundFiles files) : IDisposable
{
    private const int AtOnce = 8;

    private readonly ConcurrentDictionary<TenantId, bool> _uploading = new();
    private readonly SemaphoreSlim _converter = new(1);

    /// <summary>Reads a body and converts it. Invalid when it can't be heard, OverLimit when others are in its way.</summary>
    public async Task<Result<SoundFile>> Take(TenantId tenant, SoundKind kind, HttpRequest request)
    {
        if (!_uploading.TryAdd(tenant, true))
            return new Problem(ProblemKind.OverLimit, "Another sound is being uploaded for this tenant. Try again when that is done.");

        try
        {
            return _uploading.Count > AtOnce
                ? new Problem(ProblemKind.OverLimit, "Others upload sounds at this moment. Try again soon.")
                : await Convert(await Read(request), kind, request.HttpContext.RequestAborted);
        }
        finally
        {
            _uploading.TryRemove(tenant, out _);
        }
    }

    public void Dispose() => _converter.Dispose();

    private static async Task<ReadOnlyMemory<byte>> Read(HttpRequest request)
    {
        // Grows with what comes, whatever is announced: who announces much and sends little holds little.
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private async Task<Result<SoundFile>> Convert(ReadOnlyMemory<byte> upload, SoundKind kind, CancellationToken cancel)
    {
        await _converter.WaitAsync(cancel);
        try
        {
            return files.Convert(upload, kind);
        }
        finally
        {
            _converter.Release();
        }
    }
}
