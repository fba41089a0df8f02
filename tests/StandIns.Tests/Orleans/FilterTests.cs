using System.Collections.Concurrent;
using TekSipCloud.StandIns.Tests.Orleans.Grains;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>Incoming call filters.</summary>
public sealed class FilterTests
{
    [Fact]
    public async Task A_filter_sees_interface_method_target_and_result()
    {
        var seen = new ConcurrentQueue<string>();
        await using var hosts = await SiloHosts.Start(1, silo => silo.AddIncomingGrainCallFilter(async context =>
        {
            await context.Invoke();
            seen.Enqueue($"{context.InterfaceMethod.Name} {context.MethodName} {context.TargetId} {context.Result}");
        }));

        await hosts.Grains(0).GetGrain<ILifeGrain>("seen").Number().Soon();

        Assert.Equal(["Number Number life/seen 1"], seen.Where(line => line.Contains("life/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_filter_can_refuse_a_call_before_the_grain_sees_it()
    {
        await using var hosts = await SiloHosts.Start(1, silo => silo.AddIncomingGrainCallFilter(context =>
            context.MethodName == nameof(ITurns.Note) ? throw new Refusal("Filtered.", 403) : context.Invoke()));
        var grain = hosts.Grains(0).GetGrain<ITurnGrain>("refused");

        var refusal = await Assert.ThrowsAsync<Refusal>(() => grain.Note("secret").Soon());

        Assert.Equal(403, refusal.Code);
        Assert.Empty(await grain.Peek().Soon());
    }

    [Fact]
    public async Task A_filter_can_replace_the_result()
    {
        await using var hosts = await SiloHosts.Start(1, silo => silo.AddIncomingGrainCallFilter(async context =>
        {
            await context.Invoke();
            if (context.MethodName == nameof(ILifeGrain.Number))
                context.Result = 99;
        }));

        Assert.Equal(99, await hosts.Grains(0).GetGrain<ILifeGrain>("replaced").Number().Soon());
    }

    [Fact]
    public async Task Filters_run_in_the_order_in_which_they_were_added()
    {
        var seen = new ConcurrentQueue<string>();
        await using var hosts = await SiloHosts.Start(1, silo => silo
            .AddIncomingGrainCallFilter(context => Pass(context, "first"))
            .AddIncomingGrainCallFilter(context => Pass(context, "second")));

        await hosts.Grains(0).GetGrain<ILifeGrain>("ordered").Number().Soon();

        Assert.Equal(["first", "second"], seen);

        Task Pass(IIncomingGrainCallContext context, string name)
        {
            if (context.MethodName == nameof(ILifeGrain.Number))
                seen.Enqueue(name);

            return context.Invoke();
        }
    }
}
