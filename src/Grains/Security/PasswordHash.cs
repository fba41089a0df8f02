using Microsoft.AspNetCore.Identity;

namespace TekSipCloud.Grains.Security;

/// <summary>
/// PBKDF2 hashes of passwords that people choose, computed off the grains' turns because they are meant to take long.
/// </summary>
internal static class PasswordHash
{
    private const int MaxLength = 1024;

    // A flood of wrong passwords must not take every core.
    private static readonly SemaphoreSlim Turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    private static readonly PasswordHasher<object> Hasher = new();
    private static readonly object Nobody = new();
    private static readonly Lazy<string> NobodysHash = new(() =>
        Hasher.HashPassword(Nobody, Guid.NewGuid().ToString()));

    /// <summary>Hashes a password with a random salt.</summary>
    public static Task<string> Create(string password) => InTurn(() => Hasher.HashPassword(Nobody, password));

    /// <summary>Whether the password has this hash. No hash is never right, but takes as long.</summary>
    public static Task<bool> Verify(string? hash, string? password) => InTurn(() =>
    {
        var candidate = password is { Length: <= MaxLength } ? password : "";
        var verdict = Hasher.VerifyHashedPassword(Nobody, hash ?? NobodysHash.Value, candidate);
        return hash is not null && verdict != PasswordVerificationResult.Failed;
    });

    private static async Task<T> InTurn<T>(Func<T> compute)
    {
        await Turns.WaitAsync();
        try
        {
            return await Task.Run(compute);
        }
        finally
        {
            Turns.Release();
        }
    }
}
