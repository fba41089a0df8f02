namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

[GenerateSerializer]
internal sealed class Refusal(string message, int code) : Exception(message)
{
    [Id(0)]
    public int Code { get; } = code;
}
