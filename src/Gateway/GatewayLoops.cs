using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway;

/// <summary>The node's signalling loops, each a thread of its own once started.</summary>
internal sealed class GatewayLoops : IDisposable
{
    private const int MostByDefault = 4;
    private const int CoresPerLoop = 4;

    public GatewayLoops(IOptions<GatewayOptions> options, TimeProvider clock, ILoggerFactory loggers)
    {
        var count = options.Value.Loops > 0 ? options.Value.Loops : Math.Clamp(Environment.ProcessorCount / CoresPerLoop, 1, MostByDefault);
        All = [.. Enumerable.Range(0, count)
            .Select(i => new SignallingLoop($"sip-loop-{i}", clock, loggers.CreateLogger<SignallingLoop>()))];
    }

    public IReadOnlyList<SignallingLoop> All { get; }

    public void Start()
    {
        foreach (var loop in All)
            loop.Start();
    }

    public void Dispose()
    {
        foreach (var loop in All)
            loop.Dispose();
    }
}
