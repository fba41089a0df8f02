using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TekSipCloud.Sip.Tracing;
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
            .Select(i => new SignallingLoop($"sip-loop-{i}", clock, loggers.CreateLogger<SignallingLoop>()) { Trace = NewTrace(options.Value, clock) })];
    }

    public IReadOnlyList<SignallingLoop> All { get; }

    private static MessageTrace? NewTrace(GatewayOptions options, TimeProvider clock) =>
        options.TraceMegabytes > 0 ? new MessageTrace(options.TraceMegabytes << 20, clock) : null;

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
