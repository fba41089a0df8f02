using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace TekSipCloud.Api.TekSip;

/// <summary>How the TekSIP-compatible API writes JSON: members as they are named, enums as numbers, quotes as in the samples.</summary>
internal static class TekSipJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        // The answers are never put into a page, and a browser is told not to guess their type.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new TekSipDate() },
    };

    public static Task Write(HttpContext context, int status, object answer)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(answer, answer.GetType(), Options, "application/json; charset=utf-8", context.RequestAborted);
    }

    /// <summary>An error outside the operations, in the shape of their answers.</summary>
    public static Task WriteError(HttpContext context, int status, string message) =>
        Write(context, status, TekSipAnswer.Refused(TekSipOperation.None, message));
}
