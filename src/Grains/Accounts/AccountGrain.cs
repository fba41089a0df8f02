using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Grains.Security;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Grains.Accounts;

/// <summary>One console account.</summary>
[GrainType("account")]
internal sealed class AccountGrain(ConfigRows config, TimeProvider clock) : Grain, IAccountGrain
{
    /// <summary>The source of password changes: only who is signed in gets so far.</summary>
    private const string SignedIn = "session";

    private readonly SignInThrottles _throttles = new();
    private ConfigRow<AccountDocument>? _row;

    private string Username => KeyEscaping.Unescape(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // A name that nobody can have needs no look into storage: sign-in forms send anything.
        if (AccountRules.IsUsername(Username))
            _row = await config.Find<AccountDocument>(ConfigKeys.AccountPartition, Key(), cancellationToken);
    }

    public async Task<Result<Account>> Save(Role role, TenantId? tenant, string password, WriteCondition condition)
    {
        if (AccountRules.Validate(Username, role, tenant, password) is { } invalid)
            return invalid;

        if (condition.Refuse(_row?.Stamp, $"The account {Username}") is { } refusal)
            return refusal;

        return await Store(new Account(Username, role, tenant, AccountRules.NewStamp()), password);
    }

    public async Task<Result<Account>> SignIn(string password, string source)
    {
        if (await Check(password, source) is { } refusal)
            return refusal;

        return _row!.Value.Account;
    }

    public async Task<Result<Account>> ChangePassword(string oldPassword, string newPassword)
    {
        if (AccountRules.ValidatePassword(newPassword) is { } invalid)
            return invalid;

        if (await Check(oldPassword, SignedIn) is { } refusal)
            return refusal;

        return await Store(_row!.Value.Account with { Stamp = AccountRules.NewStamp() }, newPassword);
    }

    public Task<Account?> Get() => Task.FromResult(_row?.Value.Account);

    public Task Forget()
    {
        _row = null;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    // Alike for a wrong password and for no such account, and as long: there is always a hash to compare with.
    private async Task<Problem?> Check(string password, string source)
    {
        if (_throttles.IsPaused(source, clock.GetUtcNow()))
            return new(ProblemKind.OverLimit, "Too many wrong passwords. Wait a while before the next try.");

        if (await PasswordHash.Verify(_row?.Value.PasswordHash, password))
        {
            _throttles.Succeed(source);
            return null;
        }

        _throttles.Fail(source, clock.GetUtcNow());
        return new(ProblemKind.Forbidden, "The username or the password is wrong.");
    }

    private async Task<Result<Account>> Store(Account account, string password)
    {
        var hash = await PasswordHash.Create(password);
        var transaction = new ConfigTransaction(ConfigKeys.AccountPartition);
        var row = transaction.Put(Key(), new AccountDocument(account, hash), _row);
        transaction.Audit(clock.GetUtcNow(), "saved", Key());
        await config.Commit(transaction);

        _row = row;
        return account;
    }

    private string Key() => ConfigKeys.Of(ConfigKeys.Accounts, Username);
}
