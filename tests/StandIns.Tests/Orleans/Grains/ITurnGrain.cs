namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

internal interface ITurnGrain : ITurns;
