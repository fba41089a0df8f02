namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

/// <summary>A stateless worker.</summary>
internal interface IWorkerGrain : IGrainWithStringKey
{
    Task<SiloAddress> Work(string gate);
}
