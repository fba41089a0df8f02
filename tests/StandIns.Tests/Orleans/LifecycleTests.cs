using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using TekSipCloud.StandIns.Tests.Orleans.Grains;
using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>The life of a silo within its host.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task A_hosted_service_that_calls_a_grain_before_the_silo_is_active_gets_an_OrleansException()
    {
        var port = FreePorts.Tcp();
        using var host = SiloHosts.Build(port, port, _ => { }, services => services.AddHostedService<EarlyCaller>());

        await host.StartAsync().Soon();
        await host.StopAsync().Soon();

        Assert.IsAssignableFrom<OrleansException>(EarlyCaller.Caught);
    }

    [Fact]
    public async Task At_stage_Active_grains_can_be_called()
    {
        var number = 0;
        await using var hosts = await SiloHosts.Start(1, silo => silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
            services => new Stage(ServiceLifecycleStage.Active, async () =>
                number = await services.GetRequiredService<IGrainFactory>().GetGrain<ILifeGrain>("staged").Number(), () => Task.CompletedTask)));

        Assert.Equal(1, number);
    }

    [Fact]
    public async Task Stages_start_upwards_and_stop_downwards()
    {
        var log = new ConcurrentQueue<string>();
        var hosts = await SiloHosts.Start(1, silo =>
        {
            Add(silo, log, ServiceLifecycleStage.Active);
            Add(silo, log, ServiceLifecycleStage.RuntimeServices);
        });
        await hosts.DisposeAsync();

        Assert.Equal(["start 4000", "start 20000", "stop 20000", "stop 4000"], log);
    }

    [Fact]
    public async Task The_configured_response_timeout_is_how_long_a_caller_waits()
    {
        await using var hosts = await SiloHosts.Start(1, silo =>
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMilliseconds(300)));
        var (name, gate) = Gate.New();

        await Assert.ThrowsAsync<TimeoutException>(() => hosts.Grains(0).GetGrain<ITurnGrain>(name).Hold(name).Soon());

        gate.Open();
    }

    private static void Add(ISiloBuilder silo, ConcurrentQueue<string> log, int stage) =>
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(_ => new Stage(
            stage,
            () => Task.Run(() => log.Enqueue($"start {stage}")),
            () => Task.Run(() => log.Enqueue($"stop {stage}"))));

    private sealed class Stage(int stage, Func<Task> start, Func<Task> stop) : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle) =>
            lifecycle.Subscribe(nameof(Stage), stage, _ => start(), _ => stop());
    }
}
