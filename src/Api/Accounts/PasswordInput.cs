namespace TekSipCloud.Api.Accounts;

/// <summary>A change of the caller's own password.</summary>
/// <param name="OldPassword">The current one.</param>
/// <param name="NewPassword">10 to 128 characters.</param>
internal sealed record PasswordInput(string OldPassword, string NewPassword)
{
    public override string ToString() => "a change of password";
}
