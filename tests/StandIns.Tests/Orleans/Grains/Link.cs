namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

/// <summary>Can point at itself.</summary>
[GenerateSerializer]
public sealed class Link
{
    [Id(0)]
    public Link? Next { get; set; }
}
