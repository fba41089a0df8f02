namespace TekSipCloud.Silo.Setup;

/// <summary>What the first run makes. Section <c>Setup</c>; without effect on later runs, except <see cref="Demo"/>.</summary>
public sealed class SetupOptions
{
    public const string Section = "Setup";

    /// <summary>SIP domain of the default tenant. Empty: the address that phones are told.</summary>
    public string Domain { get; set; } = "";

    /// <summary>Password of the first account, <c>admin</c>; 10 to 128 characters. Empty: generated and shown once.</summary>
    public string AdminPassword { get; set; } = "";

    /// <summary>Password of the default tenant's TekSIP-compatible API; 8 to 128 characters. Empty: generated and shown once.</summary>
    public string ApiPassword { get; set; } = "";

    /// <summary>Makes a demo tenant with believable data when there is none.</summary>
    public bool Demo { get; set; }
}
