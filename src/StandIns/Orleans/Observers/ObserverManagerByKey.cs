using System.Collections;
using Microsoft.Extensions.Logging;

namespace Orleans.Utilities;

/// <summary>Subscribers that drop out when they fail or do not subscribe again in time.</summary>
public class ObserverManager<TIdentity, TObserver>(TimeSpan expiration, ILogger log) : IEnumerable<TObserver>
    where TIdentity : notnull
{
    private readonly Dictionary<TIdentity, Subscription> _subscriptions = [];

    /// <summary>How long a subscription lasts without being renewed.</summary>
    public TimeSpan ExpirationDuration { get; set; } = expiration;

    /// <summary>The clock.</summary>
    public Func<DateTime> GetDateTime { get; set; } = () => TimeProvider.System.GetUtcNow().UtcDateTime;

    public int Count => _subscriptions.Count;

    public void Clear() => _subscriptions.Clear();

    /// <summary>Adds or renews a subscription.</summary>
    public void Subscribe(TIdentity id, TObserver observer) => _subscriptions[id] = new(observer, GetDateTime());

    public void Unsubscribe(TIdentity id) => _subscriptions.Remove(id);

    /// <summary>Tells every live subscriber; one whose notification throws is dropped.</summary>
    public async Task Notify(Func<TObserver, Task> notification, Func<TObserver, bool>? predicate = null)
    {
        foreach (var (id, observer) in Live(predicate))
        {
            try
            {
                await notification(observer);
            }
            catch (Exception error)
            {
                Drop(id, error);
            }
        }
    }

    public void Notify(Action<TObserver> notification, Func<TObserver, bool>? predicate = null)
    {
        foreach (var (id, observer) in Live(predicate))
        {
            try
            {
                notification(observer);
            }
            catch (Exception error)
            {
                Drop(id, error);
            }
        }
    }

    public void ClearExpired()
    {
        var now = GetDateTime();
        foreach (var (id, subscription) in _subscriptions.ToArray())
            if (subscription.LastSeen + ExpirationDuration < now)
                _subscriptions.Remove(id);
    }

    public IEnumerator<TObserver> GetEnumerator() =>
        _subscriptions.Values.Select(subscription => subscription.Observer).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private List<(TIdentity Id, TObserver Observer)> Live(Func<TObserver, bool>? predicate)
    {
        ClearExpired();
        return [.. _subscriptions.Select(entry => (entry.Key, entry.Value.Observer))
            .Where(entry => predicate?.Invoke(entry.Observer) ?? true)];
    }

    private void Drop(TIdentity id, Exception error)
    {
        ObserverLog.Dropped(log, id, error);
        _subscriptions.Remove(id);
    }

    private sealed record Subscription(TObserver Observer, DateTime LastSeen);
}
