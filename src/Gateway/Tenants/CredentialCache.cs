using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway.Tenants;

/// <summary>
/// Keeps extensions' credentials, and also that a username does not exist: a flood of made-up users must not become a storage read
/// each. Bounded; news removes an entry as soon as its extension changes.
/// </summary>
internal sealed class CredentialCache(IGrainFactory grains, TimeProvider clock, int capacity)
{
    /// <summary>An entry is read again after this even without news, so that lost news heal.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Who is heard of after this is read again behind their backs: phones that are at work never wait for a grain.</summary>
    private static readonly TimeSpan RenewalAge = TimeSpan.FromMinutes(4);

    /// <summary>A username that does not exist is looked up again after this.</summary>
    private static readonly TimeSpan NegativeLifetime = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<ExtensionKey, CachedExtension> _entries = new(new ExtensionNameComparer());

    /// <summary>Reads under way; news about an extension takes its mark away, since what is being read may be older.</summary>
    private readonly ConcurrentDictionary<ExtensionKey, object> _reads = new();

    /// <summary>Answers from memory; false when the grain must be asked.</summary>
    public bool TryFind(ExtensionKey key, out ExtensionCredentials? credentials)
    {
        var isKnown = TryFind(new ExtensionName(key.Tenant, key.Username), out var cached);
        credentials = cached?.Credentials;
        return isKnown;
    }

    /// <summary>The same without allocating; false when the grain must be asked.</summary>
    public bool TryFind(ExtensionName name, [NotNullWhen(true)] out CachedExtension? cached)
    {
        if (!TryLook(name, out cached))
            return false;

        if (cached.Credentials is { } known && clock.GetElapsedTime(cached.Read) > RenewalAge && cached.TryBeginRenewal())
            _ = Renew(new ExtensionKey(name.Tenant, known.Extension.Username), cached);
        return true;
    }

    /// <summary>The same for what goes on by itself, such as keep-alives: who is not heard of is not read again.</summary>
    public bool TryLook(ExtensionName name, [NotNullWhen(true)] out CachedExtension? cached) =>
        _entries.GetAlternateLookup<ExtensionName>().TryGetValue(name, out cached)
        && clock.GetElapsedTime(cached.Read) <= (cached.Credentials is null ? NegativeLifetime : Lifetime);

    /// <summary>The extension's credentials; null when it does not exist.</summary>
    public async ValueTask<ExtensionCredentials?> Find(ExtensionKey key, CancellationToken cancel)
    {
        return TryFind(key, out var credentials) ? credentials : await Read(key, cancel);
    }

    /// <summary>Reads an extension's credentials whatever is in memory, for those of whom each call is to be judged by what they are now.</summary>
    public Task Reread(ExtensionKey key) => Read(key, CancellationToken.None);

    /// <summary>The extension changed.</summary>
    public void Forget(ExtensionKey key)
    {
        _reads.TryRemove(key, out _);
        _entries.TryRemove(key, out _);
    }

    /// <summary>The tenant is gone or its realm's meaning changed.</summary>
    public void Forget(TenantId tenant)
    {
        foreach (var key in _reads.Keys.Concat(_entries.Keys))
        {
            if (key.Tenant == tenant)
                Forget(key);
        }
    }

    private async Task<ExtensionCredentials?> Read(ExtensionKey key, CancellationToken cancel)
    {
        ExtensionCredentials? credentials;
        var read = clock.GetTimestamp();
        var mark = _reads.GetOrAdd(key, static _ => new object());
        try
        {
            credentials = await grains.GetGrain<IExtensionGrain>(key.ToString()).GetCredentials().WaitAsync(cancel);
        }
        catch
        {
            _reads.TryRemove(new(key, mark));
            throw;
        }

        // The username's text is kept once.
        if (_reads.TryRemove(new(key, mark)))
            Keep(credentials is null ? key : key with { Username = credentials.Extension.Username }, new(credentials, read));
        return credentials;
    }

    private async Task Renew(ExtensionKey key, CachedExtension entry)
    {
        try
        {
            await Read(key, CancellationToken.None);
        }
        catch (Exception)
        {
            // Whoever is heard of next tries again; who is heard of after the lifetime waits for it and is told.
            entry.FailRenewal();
        }
    }

    private void Keep(ExtensionKey key, CachedExtension entry)
    {
        if (_entries.Count >= capacity)
            MakeRoom();

        _entries[key] = entry;
    }

    /// <summary>Drops a sixteenth, those that do not exist first: anyone can make such names up.</summary>
    private void MakeRoom()
    {
        var surplus = Math.Max(1, capacity / 16);
        foreach (var (key, _) in _entries.OrderBy(e => e.Value.Credentials is not null).Take(surplus).ToArray())
            _entries.TryRemove(key, out _);
    }
}
