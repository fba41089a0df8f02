using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Sip.Tests.Dialogs;

/// <summary>RFC 3262 §3: how a callee numbers and repeats its reliable provisional responses.</summary>
public sealed class ReliableProvisionalsTests
{
    private const uint First = 5;
    private const uint InviteCSeq = 314;

    [Fact]
    public void A_response_is_repeated_after_T1_doubled_each_time_and_given_up_after_64_T1()
    {
        var responses = New();
        Assert.True(responses.TrySend(out _));
        List<double> waits = [];
        do
            waits.Add(responses.Wait.TotalSeconds);
        while (responses.TryRepeat());

        // No limit of T2 here, unlike that of a 2xx (RFC 3261 §13.3.1.4).
        Assert.Equal([0.5, 1, 2, 4, 8, 16, 0.5], waits);
    }

    [Fact]
    public void The_next_one_begins_with_T1_again()
    {
        var responses = New();
        _ = responses.TrySend(out _);
        _ = responses.TryRepeat();
        responses.Acknowledge();

        Assert.True(responses.TrySend(out var rseq));
        Assert.Equal((First + 1, 0.5), (rseq, responses.Wait.TotalSeconds));
    }

    [Theory]
    [InlineData("5 314 INVITE", true)]
    [InlineData("6 314 INVITE", false)]
    [InlineData("4 314 INVITE", false)]
    [InlineData("5 315 INVITE", false)]
    [InlineData("5 314 UPDATE", false)]
    [InlineData("5 314 invite", false)]
    public void A_PRACK_is_for_the_response_that_waits(string rack, bool isFor)
    {
        // RFC 3262 §7.2
        var responses = New();
        _ = responses.TrySend(out _);

        Assert.Equal(isFor, IsFor(responses, rack));
    }

    [Fact]
    public void A_response_that_has_its_PRACK_takes_no_other()
    {
        var responses = New();
        _ = responses.TrySend(out _);
        responses.Acknowledge();

        Assert.False(IsFor(responses, "5 314 INVITE"));
    }

    [Fact]
    public void A_PRACK_may_come_after_the_final_answer_but_no_response_follows_that()
    {
        var responses = New();
        _ = responses.TrySend(out _);

        responses.Close();

        Assert.True(IsFor(responses, "5 314 INVITE"));
        responses.Acknowledge();
        Assert.False(responses.TrySend(out _));
    }

    [Fact]
    public void First_numbers_are_within_their_range()
    {
        for (var i = 0; i < 1000; i++)
            Assert.InRange(ReliableProvisionals.NewRSeq(), 1u, ReliableProvisionals.MaxFirst);
    }

    [Fact]
    public void Whatever_happens_numbers_follow_one_another_and_one_response_waits_at_a_time()
    {
        var steps = Gen.Choose(0, 9).ArrayOf();
        Prop.ForAll(steps.ToArbitrary(), AreInOrder).Check(Config.QuickThrowOnFailure);
    }

    private static bool AreInOrder(int[] steps)
    {
        var responses = New();
        var (sent, acknowledged, isClosed) = (0u, 0u, false);
        foreach (var step in steps)
        {
            switch (step)
            {
                case 0 or 1 or 2 or 3:
                    var maySend = sent == acknowledged && !isClosed;
                    if (responses.TrySend(out var rseq) != maySend || (maySend && rseq != First + sent++))
                        return false;
                    break;
                case 4 or 5 or 6:
                    var isAwaited = sent > acknowledged;
                    if (IsFor(responses, $"{First + sent - 1} {InviteCSeq} INVITE") != isAwaited)
                        return false;
                    if (isAwaited)
                    {
                        responses.Acknowledge();
                        acknowledged++;
                    }

                    break;
                case 7:
                    if (IsFor(responses, $"{First + sent} {InviteCSeq} INVITE"))
                        return false;
                    break;
                case 8 when responses.IsPending:
                    _ = responses.TryRepeat();
                    break;
                case 9:
                    responses.Close();
                    isClosed = true;
                    break;
            }

            if (responses.IsPending != (sent > acknowledged) || responses.Wait < TimeSpan.Zero)
                return false;
        }

        return true;
    }

    private static ReliableProvisionals New() => new(First, InviteCSeq, SipTimers.Default);

    private static bool IsFor(ReliableProvisionals responses, string rack) =>
        RAckHeader.TryParse(Encoding.ASCII.GetBytes(rack), out var header, out _) && responses.IsFor(header);
}
