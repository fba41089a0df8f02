using Microsoft.Extensions.Logging;

namespace Orleans.Utilities;

/// <summary>Subscribers known by themselves.</summary>
public class ObserverManager<TObserver>(TimeSpan expiration, ILogger log)
    : ObserverManager<TObserver, TObserver>(expiration, log)
    where TObserver : notnull;
