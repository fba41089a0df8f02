using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Testing;

namespace TekSipCloud.Gateway.Tests.Recordings;

/// <summary>Tests of what becomes of recorded calls, with a spool folder of their own.</summary>
public abstract class RecordingTest : GatewayTest
{
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TestFolder _folder = new("spool");
    private bool _isRunning;

    private protected string Spool => _folder.Combine("recordings");

    public override async ValueTask DisposeAsync()
    {
        if (_isRunning)
        {
            await Script.Writer.StopAsync(default);
            await Script.Uploads.StopAsync(default);
        }

        await base.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task Run(params (string, string)[] settings) => Run(obstacle: null, settings);

    private protected async Task Run(string? obstacle, params (string, string)[] settings)
    {
        await UseScript(64, [("Recording:SpoolFolder", Spool), .. settings]);
        Script.Recordings.Obstacle = obstacle;
        _isRunning = true;
        await Script.Uploads.StartAsync(default);
        await Script.Uploads.StartedAsync(default);
        await Script.Writer.StartAsync(default);
    }

    private protected void Talk(int seconds)
    {
        Script.AddExtension("102", extension => extension with { RecordCalls = true });
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        Script.Passes(seconds);
        Ends(call, callee);
    }

    /// <summary>Lets the clock of writer and uploads go on until something is so.</summary>
    private protected Task<T> Elapse<T>(string what, Func<T> read, Func<T, bool> isWanted) => Poll.UntilSeen(
        what,
        () =>
        {
            Script.Passes(1);
            return read();
        },
        isWanted,
        Patience);
}
