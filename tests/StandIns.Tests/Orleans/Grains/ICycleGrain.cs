namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

/// <summary>A grain that calls another, which may call back.</summary>
[ResponseTimeout("00:00:00.400")]
internal interface ICycleGrain : IGrainWithStringKey
{
    Task<string> Ask(string other, bool askBack);

    Task<string> Answer();
}
