using System.Net.Sockets;
using Azure;

namespace TekSipCloud.Api.Http;

/// <summary>Tells what passes by itself (storage away, a silo lost, a call timed out) from what is a bug.</summary>
internal static class Faults
{
    public static bool IsTrouble(Exception exception) => exception switch
    {
        // 409 and 412: somebody else's write came first; what was read before it is read again at the next try.
        RequestFailedException failed => failed.Status is 0 or 403 or 408 or 409 or 412 or 429 or >= 500,
        AggregateException many => many.InnerExceptions.Any(IsTrouble),
        TimeoutException or OperationCanceledException or OrleansException or SocketException or HttpRequestException => true,
        { InnerException: { } inner } => IsTrouble(inner),
        _ => false,
    };
}
