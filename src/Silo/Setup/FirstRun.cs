using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Silo.Setup;

/// <summary>Makes what a new installation needs to be used: the first account and the default tenant.</summary>
internal sealed class FirstRun(IGrainFactory grains, IOptions<SetupOptions> options)
{
    /// <summary>The first account's name.</summary>
    public const string AdminName = "admin";

    /// <summary>Without the letters and digits that are taken for one another.</summary>
    private const string PasswordAlphabet = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>Makes what is missing; repeatable.</summary>
    /// <param name="address">The address that phones are told.</param>
    /// <returns>The passwords made up now, to be shown once.</returns>
    /// <exception cref="InvalidOperationException">A given domain or password is refused.</exception>
    public async Task<FirstRunSecrets> Make(string address) =>
        new(await MakeAdmin(), await MakeTenant(options.Value.Domain.Length > 0 ? options.Value.Domain : address));

    private async Task<string?> MakeAdmin()
    {
        var account = grains.GetGrain<IAccountGrain>(AdminName);
        if (await account.Get() is not null)
            return null;

        var given = options.Value.AdminPassword;
        var password = given.Length > 0 ? given : NewPassword();
        var saved = await account.Save(Role.Operator, tenant: null, password, WriteCondition.Create);
        Demand(saved.Problem, "The first account");
        return given.Length > 0 ? null : password;
    }

    private async Task<string?> MakeTenant(string domain)
    {
        var tenant = grains.GetGrain<ITenantGrain>(TenantId.Default.Value);
        if ((await tenant.Get()).IsSuccess)
            return null;

        var made = await tenant.Create(new NewTenant("Default", [domain.ToLowerInvariant()]));
        Demand(made.Problem, "The default tenant");

        var given = options.Value.ApiPassword;
        var password = given.Length > 0 ? given : NewPassword();
        Demand((await tenant.SetApiPassword(password)).Problem, "The API password");
        return given.Length > 0 ? null : password;
    }

    private static void Demand(Problem? problem, string what)
    {
        if (problem is not null)
            throw new InvalidOperationException($"{what} could not be made: {problem.Detail}");
    }

    private static string NewPassword() => RandomNumberGenerator.GetString(PasswordAlphabet, 16);
}
