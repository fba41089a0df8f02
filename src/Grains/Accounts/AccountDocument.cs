using TekSipCloud.Contracts.Accounts;

namespace TekSipCloud.Grains.Accounts;

/// <summary>An account as stored.</summary>
/// <param name="Account">What can be shown.</param>
/// <param name="PasswordHash">PBKDF2.</param>
internal sealed record AccountDocument(Account Account, string PasswordHash)
{
    /// <summary>Names the account only.</summary>
    public override string ToString() => $"document of {Account.Username}";
}
