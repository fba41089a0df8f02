namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

internal interface IReentrantGrain : ITurns;
