using TekSipCloud.Testing.Fuzzing;

namespace TekSipCloud.Sip.Tests.Fuzz;

/// <summary>Messages of any bytes: the parser neither throws nor reads what is not its own, and nothing harmful gets through the writer.</summary>
public sealed class MessageFuzzTests
{
    [Fact]
    public Task Whatever_comes_is_read_or_refused_and_what_goes_out_is_clean() =>
        new FuzzRun("message", 60_000).Check(new SipMutator(FuzzCorpus.ReadMessages()).Next, bytes => new MessageChecks().Check(bytes));
}
