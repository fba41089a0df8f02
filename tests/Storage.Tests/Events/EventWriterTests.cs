using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Events;
using TekSipCloud.Testing;

namespace TekSipCloud.Storage.Tests.Events;

/// <summary>The way of events to storage while that is stopped; on an Azurite of its own.</summary>
public sealed class EventWriterTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);
    private readonly TestFolder _folder = new("azurite");
    private readonly TenantId _tenant = Samples.NewTenant();
    private readonly SeenEvents _seen = new();
    private AzuriteFixture _azurite = null!;
    private StorageFixture _storage = null!;

    public async ValueTask InitializeAsync()
    {
        _azurite = await AzuriteFixture.Start(_folder.Path);
        _storage = new StorageFixture(_azurite);
        await _storage.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        await _azurite.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Events_wait_while_storage_is_away_and_are_stored_in_order_when_it_is_back()
    {
        var log = new EventLog(_storage.Get<StorageTables>(), _storage.Clock);
        using var writer = new EventWriter(log, _storage.Clock, _seen);
        await _azurite.Stop();
        await writer.StartAsync(CancellationToken.None);
        log.Write(_tenant, EventType.Information, "first");
        await Poll.UntilSeen("the first waits", () => _seen.Has(6012), has => has, Within);
        _storage.Clock.Advance(TimeSpan.FromMilliseconds(1));
        log.Write(_tenant, EventType.Information, "second");

        await _azurite.StartAgain();
        var stored = await Poll.Until("both are stored", () => AdvanceAndList(log), lines => lines.Length == 2, Within);

        Assert.Equal(["second", "first"], stored);
        Assert.False(_seen.Has(6011));
        await writer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task What_storage_goes_on_refusing_is_given_up()
    {
        var log = new EventLog(_storage.Get<StorageTables>(), _storage.Clock);
        using var writer = new EventWriter(log, _storage.Clock, _seen);
        await _azurite.Stop();
        await writer.StartAsync(CancellationToken.None);
        log.Write(_tenant, EventType.Information, "lost");

        await Poll.UntilSeen("it waits", () => _seen.Has(6012), has => has, Within);

        _storage.Clock.Advance(TimeSpan.FromMinutes(5));
        await Poll.UntilSeen("it is given up", () => Advance(() => _seen.Has(6011)), has => has, Within);
        await writer.StopAsync(CancellationToken.None);
    }

    private T Advance<T>(Func<T> read)
    {
        _storage.Clock.Advance(TimeSpan.FromSeconds(1));
        return read();
    }

    private Task<string[]> AdvanceAndList(EventLog log) => Advance(async () =>
        (await log.List(_tenant, new(), CancellationToken.None)).Items.Select(line => line.Message).ToArray());

    /// <summary>The ids of what was logged.</summary>
    private sealed class SeenEvents : ILogger<EventWriter>
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<int, bool> _ids = new();

        public bool Has(int id) => _ids.ContainsKey(id);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _ids[eventId.Id] = true;
    }
}
