namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

internal interface IPredicateGrain : ITurns;
