using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>Whatever comes in whatever order, no machine throws and none outlives the timers of RFC 3261.</summary>
public sealed class TransactionProperties
{
    // The longest life after the last event: 64*T1 for the answer, then a timer of 32 s more.
    private const double LongestLifeSeconds = 32 + 32 + 1;

    [Fact]
    public void Server_transactions_survive_every_sequence_and_leave_nothing() =>
        Prop.ForAll(Sequences(11), steps => RunServer(steps, reliable: false) && RunServer(steps, reliable: true))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Client_transactions_survive_every_sequence_and_leave_nothing() =>
        Prop.ForAll(Sequences(11), steps => RunClient(steps, reliable: false) && RunClient(steps, reliable: true))
            .QuickCheckThrowOnFailure();

    private static Arbitrary<int[]> Sequences(int kinds) =>
        Gen.Choose(0, kinds - 1).ArrayOf().Resize(30).ToArbitrary();

    private static bool RunServer(int[] steps, bool reliable)
    {
        var bench = new TransactionBench(reliable);
        var invite = (InviteServerTransaction)bench.ReceiveRequest("INVITE");
        var info = bench.ReceiveRequest("OPTIONS");
        foreach (var step in steps)
            ServerStep(bench, invite, info, step);

        // A user that never answers an INVITE may keep it; every user answers in the end.
        bench.Flow.IsBroken = false;
        invite.Respond(487);
        bench.PassSeconds(LongestLifeSeconds);
        return bench.Left == (0, 0, 0) && bench.Loop.Faults == 0;
    }

    private static void ServerStep(TransactionBench bench, InviteServerTransaction invite, ServerTransaction options, int step)
    {
        switch (step)
        {
            case 0: bench.Receive(TransactionBench.Request("INVITE")); break;
            case 1: bench.Receive(TransactionBench.Request("ACK", toTag: "x")); break;
            case 2: bench.Receive(TransactionBench.Request("CANCEL")); break;
            case 3: bench.Receive(TransactionBench.Request("OPTIONS")); break;
            case 4: invite.Respond(180); break;
            case 5: invite.Respond(200); break;
            case 6: invite.Respond(486); break;
            case 7: options.Respond(200); break;
            case 8: bench.PassSeconds(0.7); break;
            case 9: bench.PassSeconds(9); break;
            default: bench.Flow.IsBroken = !bench.Flow.IsBroken; break;
        }

        // A retransmission after the end is a new request; its user answers it.
        if (bench.User.LastServer is { LastStatus: 0 } fresh && fresh != invite && fresh != options)
            fresh.Respond(500);
    }

    private static bool RunClient(int[] steps, bool reliable)
    {
        var bench = new TransactionBench(reliable);
        var invite = bench.SendInvite();
        var optionsUser = new RecordingUser();
        var options = bench.Layer.SendRequest(
            bench.Flow, TransactionBench.Written("OPTIONS", "z9hG4bKoptions"), optionsUser);
        foreach (var step in steps)
            ClientStep(bench, invite, options, step);

        invite.Cancel();
        bench.PassSeconds(LongestLifeSeconds);
        return bench.Left == (0, 0, 0)
            && bench.Loop.Faults == 0
            && Outcomes(optionsUser).Length == 1
            && Outcomes(bench.User) is ["200", ..] or [_];
    }

    /// <summary>What ended a request: one thing, or for an INVITE any number of 2xx.</summary>
    private static string[] Outcomes(RecordingUser user)
    {
        var outcomes = user.TakeHeard().Split(' ').Where(word => word is not ("100" or "180") && !word.StartsWith("stray", StringComparison.Ordinal));
        return [.. outcomes.Distinct()];
    }

    private static void ClientStep(TransactionBench bench, InviteClientTransaction invite, ClientTransaction options, int step)
    {
        switch (step)
        {
            case 0: bench.Receive(TransactionBench.Response(invite, 100)); break;
            case 1: bench.Receive(TransactionBench.Response(invite, 180)); break;
            case 2: bench.Receive(TransactionBench.Response(invite, 200)); break;
            case 3: bench.Receive(TransactionBench.Response(invite, 200, toTag: "fork")); break;
            case 4: bench.Receive(TransactionBench.Response(invite, 503)); break;
            case 5: bench.Receive(TransactionBench.Response(options, 200)); break;
            case 6: bench.Receive(TransactionBench.Response(options, 100)); break;
            case 7: invite.Cancel(); break;
            case 8: bench.PassSeconds(0.7); break;
            case 9: bench.PassSeconds(9); break;
            default: bench.Flow.IsBroken = !bench.Flow.IsBroken; break;
        }
    }
}
