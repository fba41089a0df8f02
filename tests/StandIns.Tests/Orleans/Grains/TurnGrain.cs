namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

internal sealed class TurnGrain : Turns, ITurnGrain;
