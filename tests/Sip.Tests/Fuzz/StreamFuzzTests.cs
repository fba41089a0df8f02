using TekSipCloud.Testing.Fuzzing;

namespace TekSipCloud.Sip.Tests.Fuzz;

/// <summary>Streams of any bytes in any pieces: the same messages come out however they are cut, and waiting is bounded.</summary>
public sealed class StreamFuzzTests
{
    [Fact]
    public Task However_a_stream_is_cut_the_same_comes_out()
    {
        var mutator = new SipMutator(FuzzCorpus.ReadMessages());
        return new FuzzRun("stream", 20_000).Check(random => StreamChecks.Make(random, mutator), StreamChecks.Check);
    }
}
