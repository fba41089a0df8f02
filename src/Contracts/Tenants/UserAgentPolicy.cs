namespace TekSipCloud.Contracts.Tenants;

/// <summary>What a tenant's list of user agents means.</summary>
[GenerateSerializer, Alias("user-agent-policy")]
public enum UserAgentPolicy
{
    /// <summary>Nothing: every phone may register, call and send messages.</summary>
    Off = 0,

    /// <summary>Only phones that are listed may.</summary>
    Allow = 1,

    /// <summary>Phones that are listed may not.</summary>
    Ban = 2,
}
