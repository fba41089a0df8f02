namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

internal interface IListener : IGrainObserver
{
    void Hear(string word);

    Task<string> Repeat(string word);

    [ResponseTimeout("00:00:00.300")]
    Task Wait();
}
