using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Grains.Accounts;

/// <summary>What an account must be like.</summary>
internal static class AccountRules
{
    private const int MinPasswordLength = 10;
    private const int MaxPasswordLength = 128;

    public static bool IsUsername(string text) => text.Length is > 0 and <= 64
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '@' or '+');

    public static Problem? Validate(string username, Role role, TenantId? tenant, string password) => new FieldRules()
        .Demand(IsUsername(username), "Username", "Username takes 1 to 64 lower-case letters, digits and . - @ +")
        .Demand(Enum.IsDefined(role), "Role", "Role is Viewer, TenantAdmin or Operator.")
        .Demand(role == Role.Operator ? tenant is null : tenant is { Value.Length: > 0 }, "Tenant",
            "An operator has no tenant; everybody else has one.")
        .Demand(IsPassword(password), "Password", PasswordDetail)
        .Problem;

    public static Problem? ValidatePassword(string password) =>
        new FieldRules().Demand(IsPassword(password), "NewPassword", PasswordDetail).Problem;

    /// <summary>A stamp that was never there before.</summary>
    public static string NewStamp() => Guid.NewGuid().ToString("N");

    private static string PasswordDetail => $"A password has {MinPasswordLength} to {MaxPasswordLength} characters.";

    private static bool IsPassword(string? password) =>
        password is { Length: >= MinPasswordLength and <= MaxPasswordLength };
}
