using Orleans.Concurrency;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Accounts;

/// <summary>One console account. Key: the escaped username.</summary>
[Alias("IAccountGrain")]
public interface IAccountGrain : ITenantOwned
{
    /// <summary>Makes or replaces the account. Invalid (password of 10 to 128 characters), Conflict.</summary>
    Task<Result<Account>> Save(Role role, TenantId? tenant, string password, WriteCondition condition);

    /// <summary>
    /// The account, or Forbidden for a wrong password or no such account, which look alike and take the same time;
    /// OverLimit after too many failures in a row, for a growing while.
    /// </summary>
    Task<Result<Account>> SignIn(string password);

    /// <summary>Sets a new password when the old one is right. Invalid, Forbidden.</summary>
    Task<Result<Account>> ChangePassword(string oldPassword, string newPassword);

    /// <summary>The account; null for none.</summary>
    [ReadOnly]
    Task<Account?> Get();
}
