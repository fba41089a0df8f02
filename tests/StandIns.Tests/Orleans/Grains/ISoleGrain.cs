namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

/// <summary>A grain that knows when another activation of itself lives beside it.</summary>
internal interface ISoleGrain : IGrainWithStringKey
{
    Task<bool> IsAlone();

    Task End();
}
