using TekSipCloud.Contracts.Calls;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Calls with hang-up, cancel, hold and re-INVITE at any moment, in a network that loses a fifth of all messages.</summary>
public sealed class LossyCallTests : GatewayTest
{
    private const int Waves = 20;
    private const int CallsAtATime = 10;

    private bool _areBothUsed;

    [Theory]
    [InlineData(3261)]
    [InlineData(5407)]
    [InlineData(3)]
    [InlineData(8)]
    public async Task Two_hundred_calls_on_two_loops_leave_nothing_and_the_history_has_each_with_its_end(int seed)
    {
        await UseScript(512, ("Gateway:Loops", "2"));
        var random = new Random(seed);
        var callers = Phones(200);
        var callees = Phones(300);
        Script.Configure(settings => settings with { RingTimeout = TimeSpan.FromSeconds(45) });
        var network = new LossyNetwork(Script, random);
        List<LossyCall> calls = [];

        for (var wave = 0; wave < Waves; wave++)
        {
            network.IsLossy = false;
            Refresh([.. callers, .. callees]);
            network.IsLossy = true;
            calls.AddRange(Wave($"{seed}-{wave}", callers, callees, network, random));
        }

        network.IsLossy = false;
        await Script.LeavesNothing();

        Assert.True(_areBothUsed);
        Assert.True(network.Lost > 1000, $"Only {network.Lost} messages were lost.");
        Assert.Equal(
            calls.Select(call => (call.Caller.Call.Phone.User, call.End)).OrderBy(call => call.User, StringComparer.Ordinal),
            Ends().OrderBy(call => call.Caller, StringComparer.Ordinal));
    }

    /// <summary>Oldest first.</summary>
    private (string Caller, (int, CallEnd) End)[] Ends() =>
        [.. Script.Grains.Book.Calls.Select(told => told[^1].End!).Select(end => (end.Call.Caller.Number, (end.Status, end.EndedBy)))];

    private Phone[] Phones(int first) => [.. Enumerable.Range(first, CallsAtATime).Select(number => Script.Registered($"{number}"))];

    /// <summary>Registrations and nonces last for the calls that follow.</summary>
    internal static void Refresh(Phone[] phones)
    {
        foreach (var phone in phones)
        {
            phone.Ignores();
            phone.Digest.Nonce = "";
            phone.Registers();
        }
    }

    /// <summary>Calls at the same time, until each is over.</summary>
    private LossyCall[] Wave(string name, Phone[] callers, Phone[] callees, LossyNetwork network, Random random)
    {
        LossyCall[] calls =
            [.. callers.Select((caller, i) => new LossyCall(caller, callees[i], $"lossy-{name}-{i}", network, random))];
        for (var step = 0; step < 400 && !calls.All(call => call.IsOver); step++)
        {
            foreach (var call in calls)
                call.Step();
            Script.Passes(0.5);
            _areBothUsed |= Script.Gateways.All(gateway => gateway.Dialogs > 0);
        }

        Assert.All(calls, call => Assert.True(call.IsOver));
        return calls;
    }
}
