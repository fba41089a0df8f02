using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TekSipCloud.Api.Http;
using TekSipCloud.Api.Security;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.TekSip;

/// <summary>Reads a request, checks its API password and runs its operation.</summary>
internal sealed class TekSipDispatcher(IEnumerable<ITekSipOperations> groups, ApiPasswordCheck passwords)
{
    private static readonly JsonDocumentOptions Reading =
        new() { MaxDepth = 8, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly FrozenDictionary<TekSipOperation, (string Path, Func<TekSipCall, Task<object>> Run)> _operations = groups
        .SelectMany(group => group.Operations.Select(o => KeyValuePair.Create(o.Key, (group.Path, o.Value))))
        .ToFrozenDictionary();

    public FrozenSet<string> Paths { get; } = groups.Select(group => group.Path).ToFrozenSet(StringComparer.Ordinal);

    public async Task Serve(HttpContext context, TenantId tenant, string path)
    {
        using var body = await Read(context);
        if (body is null)
        {
            await TekSipJson.WriteError(context, StatusCodes.Status400BadRequest, "The request is not a JSON object.");
            return;
        }

        var fields = new TekSipFields(body.RootElement);
        var verdict = await passwords.Check(tenant, fields.Text("APIPassword"), AttemptSource.Of(context));
        if (verdict.Value is null)
        {
            await RefuseCaller(context, verdict.RetryAfter);
            return;
        }

        await TekSipJson.Write(context, StatusCodes.Status200OK, await Run(tenant, path, fields, context.RequestAborted));
    }

    private async Task<object> Run(TenantId tenant, string path, TekSipFields fields, CancellationToken cancel)
    {
        var wanted = fields.Text("OperationType").Trim();
        if (!EnumText.TryRead<TekSipOperation>(wanted, out var type) || !_operations.TryGetValue(type, out var operation))
            return TekSipAnswer.Refused(TekSipOperation.None, $"Unknown operation '{wanted}'.");

        return operation.Path == path
            ? await operation.Run(new(tenant, type, fields, cancel))
            : TekSipAnswer.Refused(type, $"{type} is an operation of {operation.Path}.");
    }

    private static async Task<JsonDocument?> Read(HttpContext context)
    {
        try
        {
            var body = await JsonDocument.ParseAsync(context.Request.Body, Reading, context.RequestAborted);
            if (body.RootElement.ValueKind == JsonValueKind.Object)
                return body;

            body.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // No word on whether the tenant exists or has this API turned on.
    private static Task RefuseCaller(HttpContext context, TimeSpan? retryAfter)
    {
        if (retryAfter is not { } wait)
            return TekSipJson.WriteError(context, StatusCodes.Status401Unauthorized, "Invalid API password.");

        context.Response.Headers.RetryAfter = RetryAfter.Format(wait);
        return TekSipJson.WriteError(context, StatusCodes.Status429TooManyRequests, "Too many invalid API passwords. Wait a little.");
    }
}
