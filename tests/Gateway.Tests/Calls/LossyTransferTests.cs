using TekSipCloud.Contracts.Calls;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Transfers with hang-up at any moment, in a network that loses a fifth of all messages.</summary>
public sealed class LossyTransferTests : GatewayTest
{
    private const int Waves = 14;
    private const int TransfersAtATime = 8;

    private bool _areBothUsed;

    [Theory]
    [InlineData(5589)]
    [InlineData(3515)]
    [InlineData(3891)]
    [InlineData(3)]
    public async Task A_hundred_transfers_on_two_loops_leave_nothing_and_the_history_has_each_call_with_its_end(int seed)
    {
        await UseScript(512, ("Gateway:Loops", "2"));
        var random = new Random(seed);
        var (callers, transferors) = (Phones(200), Phones(300));
        var network = new LossyNetwork(Script, random);
        List<(string Name, LossyTransfer Transfer)> transfers = [];

        for (var wave = 0; wave < Waves; wave++)
        {
            network.IsLossy = false;
            LossyCallTests.Refresh(callers);
            LossyCallTests.Refresh(transferors);
            Phone[][] phones = [callers, transferors, Phones(1000 + (wave * TransfersAtATime))];
            network.IsLossy = true;
            transfers.AddRange(Wave($"{seed}-{wave}", phones, network, random));
        }

        network.IsLossy = false;
        await Script.LeavesNothing();

        Assert.True(_areBothUsed);
        Assert.True(transfers.Count(t => t.Transfer.IsTransferred) > Waves * TransfersAtATime / 3);
        foreach (var (name, transfer) in transfers)
            AssertHistory(name, transfer);
    }

    private void AssertHistory(string name, LossyTransfer transfer)
    {
        var first = Assert.Single(Ends(), end => end.Call.SipCallId == $"{name}-1");
        Assert.Contains((first.Status, first.EndedBy), transfer.FirstEnds());
        var second = Ends().Where(end => end.Call.Callee.Number == transfer.Target).ToList();
        Assert.InRange(second.Count, transfer.HasSecond ? 1 : 0, 1);
        Assert.All(second, end => Assert.Contains((end.Status, end.EndedBy), transfer.SecondEnds()));
    }

    private IEnumerable<CallRecord> Ends() => Script.Grains.Book.Calls.Select(told => told[^1].End!);

    private Phone[] Phones(int first) => [.. Enumerable.Range(first, TransfersAtATime).Select(number => Script.Registered($"{number}"))];

    /// <summary>Transfers at the same time, until each is over.</summary>
    private List<(string Name, LossyTransfer Transfer)> Wave(string name, Phone[][] phones, LossyNetwork network, Random random)
    {
        List<(string Name, LossyTransfer Transfer)> transfers =
            [.. Enumerable.Range(0, TransfersAtATime).Select(i => ($"{name}-{i}", New($"{name}-{i}", i)))];
        for (var step = 0; step < 600 && !transfers.All(t => t.Transfer.IsOver); step++)
        {
            transfers.ForEach(t => t.Transfer.Step());
            Script.Passes(0.5);
            _areBothUsed |= Script.Gateways.All(gateway => gateway.Dialogs > 0);
        }

        Assert.All(transfers, t => Assert.True(t.Transfer.IsOver));
        return transfers;

        LossyTransfer New(string of, int i) => new(phones[0][i], phones[1][i], phones[2][i], of, network, random);
    }
}
