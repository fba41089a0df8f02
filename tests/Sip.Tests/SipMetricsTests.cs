using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using TekSipCloud.Sip.Tests.Transactions;
using TekSipCloud.Sip.Tests.Transports;

namespace TekSipCloud.Sip.Tests;

public sealed class SipMetricsTests
{
    [Fact]
    public async Task The_meter_tells_what_transports_and_loops_counted()
    {
        var receiver = new RecordingReceiver();
        var bench = new TransactionBench();
        await using var transports = TransportBench.Layer(receiver);
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        _ = new SipMetrics(services.GetRequiredService<IMeterFactory>(), transports, [bench.Layer]);

        var udp = transports.BindUdp(TransportBench.AnyPort);
        udp.FlowTo(udp.Bound).Send(TransportBench.Options("c1"));
        await receiver.Next();
        bench.ReceiveRequest("INVITE");
        bench.Send("OPTIONS");
        bench.Loop.Post(static () => throw new InvalidOperationException("test"));
        bench.Loop.RunUntilIdle();

        var figures = Read();
        Assert.Equal(1, figures["teksip.sip.datagrams_received"]);
        Assert.Equal(1, figures["teksip.sip.datagrams_sent"]);
        Assert.Equal(0, figures["teksip.sip.datagrams_dropped direction=in"]);
        Assert.Equal(0, figures["teksip.sip.datagrams_dropped direction=out"]);
        Assert.Equal(0, figures["teksip.sip.unreachable"]);
        Assert.Equal(1, figures["teksip.sip.transactions side=server state=live"]);
        Assert.Equal(1, figures["teksip.sip.transactions side=client state=live"]);
        Assert.Equal(1, figures["teksip.sip.loop.faults"]);
        Assert.Equal(0, figures["teksip.sip.malformed transport=udp"]);
        Assert.Equal(0, figures["teksip.sip.connections transport=wss"]);
        Assert.Equal(0, figures["teksip.sip.connections_cut reason=SlowMessage"]);
    }

    private static Dictionary<string, long> Read()
    {
        var figures = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == SipMetrics.MeterName)
                listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => figures[Name(instrument, tags)] = value);
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => figures[Name(instrument, tags)] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return figures;
    }

    private static string Name(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', [instrument.Name, .. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")]);
}
