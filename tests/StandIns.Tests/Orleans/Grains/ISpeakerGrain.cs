namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

internal interface ISpeakerGrain : IPlaced
{
    Task Subscribe(IListener listener);

    Task<int> CountListeners();

    Task Say(string word);

    Task<string> AskOne(IListener listener, string word);

    Task AskToWait(IListener listener);

    Task<bool> IsSame(IListener listener);
}
