using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Security;

/// <summary>Checks a tenant's secret: throttle first, then what is remembered, then the tenant itself.</summary>
internal sealed class SecretCheck<T>(SecretHash hashes, VerifiedSecrets<T> verified, FailureThrottle throttle)
    where T : class
{
    public const int Capacity = 10_000;

    public async Task<Verdict<T>> Check(TenantId tenant, string secret, string source, Func<Task<T?>> ask)
    {
        // Before anything is looked up: a throttled source must not learn from the cache what is right.
        if (throttle.IsBlocked(source, out var retryAfter))
            return Verdict<T>.Throttled(retryAfter);

        var hash = hashes.Of(tenant, secret);
        return verified.Find(hash) is { } known
            ? new(known, null)
            : await verified.Check(tenant, hash, () => AskWithinLimit(source, ask));
    }

    public void Forget(TenantId tenant) => verified.Forget(tenant);

    private async Task<Verdict<T>> AskWithinLimit(string source, Func<Task<T?>> ask)
    {
        if (!throttle.TryEnter(source, out var retryAfter))
            return Verdict<T>.Throttled(retryAfter);

        try
        {
            var value = await ask();
            if (value is not null)
                throttle.Leave(source);
            return new(value, null);
        }
        catch
        {
            // A fault of ours says nothing about the secret.
            throttle.Leave(source);
            throw;
        }
    }
}
