using TekSipCloud.Contracts.Calls;
using TekSipCloud.Grains.Calls;

namespace TekSipCloud.Grains.Tests.Calls;

public sealed class CallMirrorTests
{
    private static readonly CallSummary Call = Samples.Call(new("acme"));
    private static readonly CallSummary Answered = Call with { State = CallState.Answered, Answered = Call.Started };

    [Fact]
    public void A_call_announced_twice_is_one() =>
        Assert.Same(Call, CallMirror.Unknown.Open(Call).Open(Call with { }).Call);

    [Fact]
    public void A_state_never_goes_back() =>
        Assert.Same(Answered, CallMirror.Of(Answered).Progress(Call with { State = CallState.Ringing }).Call);

    [Fact]
    public void A_call_that_is_over_stays_so()
    {
        Assert.Null(CallMirror.Over.Open(Call).Call);
        Assert.Null(CallMirror.Over.Progress(Answered).Call);
    }
}
