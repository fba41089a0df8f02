using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace TekSipCloud.Silo.Certificates;

/// <summary>Has the store read again soon after a file changed, and now and then in any case: not every file system tells of changes.</summary>
internal sealed partial class CertificateWatch(
    CertificateStore store, IOptions<TlsOptions> options, IOptions<SiloOptions> silo, TimeProvider clock, ILogger<CertificateWatch> logger)
    : BackgroundService
{
    /// <summary>Whoever replaces a certificate writes more than one file, and not in an instant.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(500);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var watchers = Watched().Select(TryWatch).OfType<FileSystemWatcher>().ToArray();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Wait(stoppingToken);
                TryCheck();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
        finally
        {
            foreach (var watcher in watchers)
                watcher.Dispose();
        }
    }

    private IEnumerable<(string Folder, bool WithFolders)> Watched()
    {
        yield return (store.Folder, true);
        if (silo.Value.Certificate.Length > 0)
            yield return (Path.GetDirectoryName(Path.GetFullPath(silo.Value.Certificate))!, false);
        if (options.Value.ClientAuthorities.Length > 0)
            yield return (Path.GetDirectoryName(Path.GetFullPath(options.Value.ClientAuthorities))!, false);
    }

    private FileSystemWatcher? TryWatch((string Folder, bool WithFolders) place)
    {
        try
        {
            var watcher = new FileSystemWatcher(place.Folder) { IncludeSubdirectories = place.WithFolders };
            watcher.Changed += (_, _) => _changes.Writer.TryWrite(true);
            watcher.Created += (_, _) => _changes.Writer.TryWrite(true);
            watcher.Deleted += (_, _) => _changes.Writer.TryWrite(true);
            watcher.Renamed += (_, _) => _changes.Writer.TryWrite(true);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or PlatformNotSupportedException)
        {
            LogNotWatched(place.Folder, e.Message);
            return null;
        }
    }

    private async Task Wait(CancellationToken stop)
    {
        using var period = new CancellationTokenSource(options.Value.CheckPeriod, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(period.Token, stop);
        try
        {
            await _changes.Reader.ReadAsync(either.Token);
            await Task.Delay(Settling, clock, stop);
            while (_changes.Reader.TryRead(out _))
            {
                // One reading is enough for all of them.
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The period is over.
        }
    }

    private void TryCheck()
    {
        try
        {
            store.Check();
        }
        catch (Exception e)
        {
            LogNotChecked(e);
        }
    }

    [LoggerMessage(7012, LogLevel.Warning, "Changes in {Folder} are noticed only by the periodic check: {Reason}")]
    private partial void LogNotWatched(string folder, string reason);

    [LoggerMessage(7013, LogLevel.Error, "The certificates could not be read again")]
    private partial void LogNotChecked(Exception exception);
}
