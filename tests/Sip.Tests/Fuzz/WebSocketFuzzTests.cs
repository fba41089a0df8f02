using TekSipCloud.Testing.Fuzzing;

namespace TekSipCloud.Sip.Tests.Fuzz;

/// <summary>WebSocket frames of any bytes in any pieces: the same comes out however they are cut, and never more than fits.</summary>
public sealed class WebSocketFuzzTests
{
    [Fact]
    public Task However_frames_are_cut_the_same_comes_out()
    {
        var mutator = new SipMutator(FuzzCorpus.ReadMessages());
        return new FuzzRun("websocket", 20_000).Check(random => WebSocketChecks.Make(random, mutator), WebSocketChecks.Check);
    }
}
