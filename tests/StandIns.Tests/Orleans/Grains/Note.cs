namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

/// <summary>Has members with and without a number.</summary>
[GenerateSerializer]
public sealed class Note
{
    [Id(0)]
    public string Text { get; set; } = "";

    [Id(1)]
    private int _secret;

    public string Lost { get; set; } = "as constructed";

    public int Secret
    {
        get => _secret;
        set => _secret = value;
    }
}
