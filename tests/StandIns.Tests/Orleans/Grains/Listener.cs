using System.Threading.Channels;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

internal sealed class Listener : IListener
{
    private readonly Channel<string> _heard = Channel.CreateUnbounded<string>();

    public void Hear(string word) => _heard.Writer.TryWrite(word);

    public Task<string> Repeat(string word) => Task.FromResult(word + word);

    public Task Wait() => Task.CompletedTask;

    public Task<string> Next() => _heard.Reader.ReadAsync().Soon();
}
