using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TekSipCloud.Api.Http;

/// <summary>The one place that turns exceptions and empty error answers into bodies. Details stay in the log.</summary>
internal sealed partial class ErrorAnswers(RequestDelegate next, ILogger<ErrorAnswers> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (IsEmptyError(context.Response))
                await Write(context, context.Response.StatusCode, DescribeStatus(context.Response.StatusCode), []);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await AnswerBadRequest(context, exception);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await AnswerFault(context, exception);
        }
    }

    private static Task AnswerBadRequest(HttpContext context, BadHttpRequestException exception)
    {
        if (exception.StatusCode != StatusCodes.Status400BadRequest)
            return Write(context, exception.StatusCode, DescribeStatus(exception.StatusCode), []);

        var fault = RequestFault.Describe(exception);
        return Write(context, exception.StatusCode, fault.Detail, fault.Field.Length == 0 ? [] : [fault]);
    }

    private Task AnswerFault(HttpContext context, Exception exception)
    {
        if (!Faults.IsTrouble(exception))
        {
            LogFault(exception, context.Request.Method, context.Request.Path);
            return Write(context, StatusCodes.Status500InternalServerError, "Something went wrong here. It is in the log.", []);
        }

        LogTrouble(exception, context.Request.Method, context.Request.Path);
        context.Response.Headers.RetryAfter = RetryAfter.Format(RetryAfter.Trouble);
        return Write(context, StatusCodes.Status503ServiceUnavailable, "A part of the system is away. Try again soon.", []);
    }

    private static Task Write(HttpContext context, int status, string detail, ImmutableArray<FieldProblem> fields)
    {
        context.Response.StatusCode = status;
        return context.GetEndpoint()?.Metadata.GetMetadata<ErrorShape>() is { } shape
            ? shape.Write(context, status, detail)
            : ProblemBody.Write(context, status, detail, fields);
    }

    private static bool IsEmptyError(HttpResponse response) =>
        response is { StatusCode: >= 400, HasStarted: false, ContentType: null, ContentLength: null or 0 };

    private static string DescribeStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take this method.",
        StatusCodes.Status413PayloadTooLarge => "The body is too big.",
        StatusCodes.Status415UnsupportedMediaType => "The body must be application/json.",
        _ => "The request can't be served.",
    };

    [LoggerMessage(5001, LogLevel.Warning, "{Method} {Path} answered 503: storage or a grain is away")]
    private partial void LogTrouble(Exception exception, string method, string path);

    [LoggerMessage(5002, LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFault(Exception exception, string method, string path);
}
