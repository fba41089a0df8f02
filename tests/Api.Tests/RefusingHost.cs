namespace TekSipCloud.Api.Tests;

/// <summary>One host with nothing behind it for all tests of a class.</summary>
public sealed class RefusingHost : IAsyncLifetime
{
    internal ApiHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await ApiHost.Start();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
