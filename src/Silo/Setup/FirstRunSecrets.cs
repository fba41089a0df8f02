namespace TekSipCloud.Silo.Setup;

/// <summary>Passwords that were made up and are shown once; null for those that were given or exist already.</summary>
internal sealed record FirstRunSecrets(string? AdminPassword, string? ApiPassword)
{
    /// <summary>Never the passwords.</summary>
    public override string ToString() => "first-run secrets";
}
