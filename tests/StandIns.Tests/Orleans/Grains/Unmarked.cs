namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

/// <summary>Not made for crossing a grain boundary.</summary>
public sealed class Unmarked
{
    public int Value { get; set; }
}
