namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

internal interface IFaultyGrain : IPlaced
{
    Task Refuse(int code);

    Task<int> Divide(int by);

    ValueTask<int> DivideLater(int by);

    Task Nest();
}
