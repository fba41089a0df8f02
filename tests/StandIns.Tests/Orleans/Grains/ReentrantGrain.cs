using Orleans.Concurrency;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

[Reentrant]
internal sealed class ReentrantGrain : Turns, IReentrantGrain;
