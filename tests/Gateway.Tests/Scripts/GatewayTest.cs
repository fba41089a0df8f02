namespace TekSipCloud.Gateway.Tests.Scripts;

/// <summary>A test with a script; after it nothing may be left in the gateway.</summary>
public abstract class GatewayTest : IAsyncLifetime
{
    internal SipScript Script { get; set; } = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        await using var script = Script;
        // A test that failed says more than what it left.
        if (TestContext.Current.TestState?.Result != TestResult.Failed)
            await script.LeavesNothing();
        GC.SuppressFinalize(this);
    }

    /// <summary>Another gateway for this test.</summary>
    internal async Task UseScript(int mediaPorts = 64, params (string Name, string Value)[] settings)
    {
        await Script.DisposeAsync();
        Script = new SipScript(mediaPorts, settings);
    }

    /// <summary>A call in progress: the caller's side and the callee's.</summary>
    internal (PhoneCall Caller, PhoneCall Callee) Answered(Phone caller, Phone callee, string? number = null)
    {
        var call = caller.Invites(number ?? callee.User);
        var ringing = callee.GetsCall();
        Answer(call, ringing);
        return (call, ringing);
    }

    /// <summary>The callee answers and both sides hear of it.</summary>
    internal static void Answer(PhoneCall call, PhoneCall callee, string? sdp = null)
    {
        callee.Answers(sdp);
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
    }

    /// <summary>The caller hangs up and both sides hear of it.</summary>
    internal static void Ends(PhoneCall call, PhoneCall callee)
    {
        call.HangsUp();
        callee.GetsBye();
    }

    /// <summary>What the last call's log says, a decision a line.</summary>
    internal string Decisions() => string.Join('\n', Script.LastCall.Log.Read().Select(decision => decision.Text));
}
