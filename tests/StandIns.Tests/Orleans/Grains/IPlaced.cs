namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

/// <summary>A grain that says where it lives.</summary>
internal interface IPlaced : IGrainWithStringKey
{
    Task<SiloAddress> Where();
}
