namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

/// <summary>A grain that calls another, which may call back.</summary>
internal interface ICycleGrain : IGrainWithStringKey
{
    [ResponseTimeout("00:00:00.400")]
    Task<string> Ask(string other, bool askBack);

    Task<string> Answer();
}
