using System.Security.Cryptography;
using System.Text;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Extensions;

namespace TekSipCloud.Grains.Extensions;

/// <summary>What an extension must be like.</summary>
internal static class ExtensionRules
{
    private const int MaxUsernameLength = 64;
    private const int MaxPasswordLength = 128;
    private static readonly TimeSpan ShortestRing = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRing = TimeSpan.FromMinutes(10);

    /// <summary>
    /// RFC 3261 §25.1: letters, digits, the marks of <c>unreserved</c>, and what is dialled besides. Not what RFC 3986 §6.2.2.3 takes
    /// out of a path: to delete an extension <c>..</c> would mean to delete its tenant.
    /// </summary>
    public static bool IsUsername(string? text) => text is { Length: > 0 and <= MaxUsernameLength } and not ("." or "..")
        && text.All(c => char.IsAsciiLetterOrDigit(c) || "-_.!~*'()+#".Contains(c, StringComparison.Ordinal));

    /// <summary>Everything that is wrong with an extension to be saved; null when nothing is.</summary>
    /// <param name="extension">The extension.</param>
    /// <param name="password">Its new password; null or empty keeps the stored one.</param>
    /// <param name="username">Whose grain was asked.</param>
    /// <param name="hasPassword">Whether one is stored.</param>
    public static Problem? Validate(Extension extension, string? password, string username, bool hasPassword) => new FieldRules()
        .Demand(IsUsername(extension.Username), "Username",
            $"Username takes 1 to {MaxUsernameLength} letters, digits and - _ . ! ~ * ' ( ) + #, and is not . or ..")
        .Demand(extension.Username == username, "Username", "A username cannot be changed.")
        .Demand(extension.Username != Extension.VoiceMail, "Username",
            $"'{Extension.VoiceMail}' means voice mail in a redirection.")
        .DemandText(extension.DisplayName, 100, "DisplayName")
        .DemandPrefix(extension.Prefix, "Prefix")
        .Demand(extension.Redirection is "" or Extension.VoiceMail || IsUsername(extension.Redirection), "Redirection",
            $"Redirection is a username, '{Extension.VoiceMail}' or empty.")
        .Demand(extension.Redirection != extension.Username, "Redirection",
            "You cannot redirect an endpoint to itself.")
        .DemandRange(extension.RedirectionTimeout ?? ShortestRing, ShortestRing, LongestRing, "RedirectionTimeout")
        .DemandText(extension.ExternalRoute, 64, "ExternalRoute")
        .Demand(extension.DigestAlgorithm is not { } digest || Enum.IsDefined(digest), "DigestAlgorithm",
            "DigestAlgorithm is Md5 or Sha256.")
        .Demand(extension.KeepAlive is not { } keepAlive || Enum.IsDefined(keepAlive), "KeepAlive",
            "KeepAlive is Off, Crlf or Options.")
        .Demand(Enum.IsDefined(extension.MediaEncryption), "MediaEncryption", "MediaEncryption is Off, Preferred, Required or Dtls.")
        .Demand(SrtpSuites.AreValid(extension.SrtpSuites), "SrtpSuites", $"SrtpSuites are of {string.Join(", ", SrtpSuites.Names)}, each once.")
        .Demand(AreIdentities(extension.Identities), "Identities",
            $"Identities are up to {CallerIdentities.Max} numbers or names, each once and written as a username is.")
        .Demand(hasPassword || !string.IsNullOrEmpty(password), "Password", "A new extension needs a password.")
        .Demand(string.IsNullOrEmpty(password) || IsPassword(password), "Password",
            $"A password takes up to {MaxPasswordLength} characters, none of them a semicolon or a control character.")
        .Problem;

    /// <summary>RFC 7616 §3.4.2: the MD5 and SHA-256 of <c>username:realm:password</c> in UTF-8.</summary>
    public static (string Md5, string Sha256) ComputeHa1(string username, string realm, string password)
    {
        var secret = Encoding.UTF8.GetBytes($"{username}:{realm}:{password}");
        return (Convert.ToHexStringLower(MD5.HashData(secret)), Convert.ToHexStringLower(SHA256.HashData(secret)));
    }

    private static bool AreIdentities(string? list)
    {
        if (list is null)
            return false;

        var identities = CallerIdentities.Split(list);
        return identities.Length <= CallerIdentities.Max && CallerIdentities.Join(identities) == list
            && identities.All(IsUsername) && identities.Distinct(StringComparer.Ordinal).Count() == identities.Length;
    }

    private static bool IsPassword(string password) =>
        password.Length <= MaxPasswordLength && !password.Any(c => c == ';' || char.IsControl(c) || char.IsSurrogate(c));
}
