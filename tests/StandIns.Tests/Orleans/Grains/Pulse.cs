using System.Collections.Concurrent;
using System.Threading.Channels;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

/// <summary>A timer's ticks, for the test to wait for.</summary>
internal sealed class Pulse
{
    private static readonly ConcurrentDictionary<string, Pulse> Known = new();

    private readonly Channel<bool> _beats = Channel.CreateUnbounded<bool>();

    public static Pulse Of(string key) => Known.GetOrAdd(key, static _ => new Pulse());

    public void Beat() => _beats.Writer.TryWrite(true);

    public async Task Next(int count)
    {
        for (var i = 0; i < count; i++)
            await _beats.Reader.ReadAsync().Soon();
    }
}
