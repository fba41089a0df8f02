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
    /// OverLimit after too many failures in a row from the same source, for a growing while.
    /// </summary>
    /// <param name="password">The password.</param>
    /// <param name="source">Where it comes from, such as a network address: others' guesses keep nobody out.</param>
    Task<Result<Account>> SignIn(string password, string source);

    /// <summary>Sets a new password when the old one is right. Invalid, Forbidden.</summary>
    Task<Result<Account>> ChangePassword(string oldPassword, string newPassword);

    /// <summary>The account; null for none.</summary>
    [ReadOnly]
    Task<Account?> Get();
}
