namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

/// <summary>A grain that can not be activated.</summary>
internal interface IUnwillingGrain : IGrainWithStringKey
{
    Task Call();
}
