using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Placement;
using Orleans.Utilities;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

[PreferLocalPlacement]
internal sealed class SpeakerGrain(ILocalSiloDetails silo) : Placed(silo), ISpeakerGrain
{
    private readonly ObserverManager<IListener> _listeners = new(TimeSpan.FromMinutes(5), NullLogger.Instance);
    private IListener? _last;

    public Task Subscribe(IListener listener)
    {
        _last = listener;
        _listeners.Subscribe(listener, listener);
        return Task.CompletedTask;
    }

    public Task<int> CountListeners() => Task.FromResult(_listeners.Count);

    public Task Say(string word) => _listeners.Notify(listener =>
    {
        listener.Hear(word);
        return Task.CompletedTask;
    });

    public Task<string> AskOne(IListener listener, string word) => listener.Repeat(word);

    public Task AskToWait(IListener listener) => listener.Wait();

    public Task<bool> IsSame(IListener listener) => Task.FromResult(listener.Equals(_last));
}
