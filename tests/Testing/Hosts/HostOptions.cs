namespace TekSipCloud.Testing.Hosts;

/// <summary>How a test wants its host.</summary>
public sealed record HostOptions
{
    /// <summary>The tables' prefix: hosts with the same one share their data. Default: a new one.</summary>
    public string TablePrefix { get; init; } = $"t{Guid.NewGuid():N}"[..16];

    /// <summary>The data folder; null for one of its own.</summary>
    public string? DataFolder { get; init; }

    /// <summary>What it binds; by default <c>127.0.0.1</c>.</summary>
    public string Bind { get; init; } = "127.0.0.1";

    /// <summary>Whether passwords are given; else the first run makes them up.</summary>
    public bool HasPasswords { get; init; } = true;

    /// <summary>Whether ports and domain are given by environment variables instead of the command line.</summary>
    public bool ByEnvironment { get; init; }

    /// <summary>Files that the process may have open; null for as many as the tests may. Linux.</summary>
    public int? OpenFiles { get; init; }

    /// <summary>The media ports; null for some that are free.</summary>
    public string? MediaPorts { get; init; }

    /// <summary>The storage account; null for that of the Azurite it is started over.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>More environment variables.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether error lines in its log are what the test is about.</summary>
    public bool MayLogErrors { get; init; }
}
