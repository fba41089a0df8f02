using Microsoft.Extensions.Logging;

namespace Orleans.Utilities;

internal static partial class ObserverLog
{
    [LoggerMessage(9020, LogLevel.Debug, "Observer {ObserverId} failed and is dropped")]
    public static partial void Dropped(ILogger log, object observerId, Exception error);
}
