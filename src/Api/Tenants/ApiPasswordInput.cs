namespace TekSipCloud.Api.Tenants;

/// <summary>The password of the TekSIP-compatible API.</summary>
/// <param name="Password">8 to 128 characters; null turns that API off for the tenant.</param>
internal sealed record ApiPasswordInput(string? Password)
{
    public override string ToString() => "an API password";
}
