using System.Collections.Immutable;

namespace TekSipCloud.Contracts.Nodes;

/// <summary>A certificate of this process, as it can be shown: without its key.</summary>
/// <param name="Source">The file it was read from.</param>
/// <param name="Names">The host names, wildcards and addresses that it bears.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="NotBefore">When it begins to be valid.</param>
/// <param name="NotAfter">When it ends to be valid.</param>
/// <param name="Thumbprint">SHA-256 of it, in hex.</param>
/// <param name="IsDefault">Whether it is shown to those who ask for no name, or for one that no certificate bears.</param>
/// <param name="IsDevelopment">Whether this process made it for itself, so that nobody trusts it without being told to.</param>
/// <param name="Fault">Why the file's present content is not in use, so that this earlier one is; null when it is.</param>
public sealed record ServerCertificate(
    string Source,
    ImmutableArray<string> Names,
    string Issuer,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string Thumbprint,
    bool IsDefault,
    bool IsDevelopment,
    string? Fault);
