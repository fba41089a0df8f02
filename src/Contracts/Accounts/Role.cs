namespace TekSipCloud.Contracts.Accounts;

/// <summary>What an account or key may do.</summary>
[GenerateSerializer, Alias("role")]
public enum Role
{
    /// <summary>Reads one tenant.</summary>
    Viewer = 1,

    /// <summary>Reads and changes one tenant.</summary>
    TenantAdmin = 2,

    /// <summary>Everything in every tenant.</summary>
    Operator = 3,
}
