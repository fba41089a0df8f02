using Orleans.Concurrency;
using Orleans.Serialization.Invocation;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

[MayInterleave(nameof(MayInterleave))]
internal sealed class PredicateGrain : Turns, IPredicateGrain
{
    public static bool MayInterleave(IInvokable request) => request.GetMethodName() == nameof(Note);
}
