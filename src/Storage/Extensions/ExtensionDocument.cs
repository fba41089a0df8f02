using TekSipCloud.Contracts.Extensions;

namespace TekSipCloud.Storage.Extensions;

/// <summary>An extension as stored.</summary>
/// <param name="Extension">What can be shown.</param>
/// <param name="ProtectedPassword">The password, encrypted for its <see cref="ExtensionKey.PasswordPurpose"/>.</param>
/// <param name="Ha1Md5">MD5(username:realm:password), hex.</param>
/// <param name="Ha1Sha256">SHA-256 of the same, hex.</param>
public sealed record ExtensionDocument(Extension Extension, string ProtectedPassword, string Ha1Md5, string Ha1Sha256)
{
    /// <summary>Names the extension only.</summary>
    public override string ToString() => $"document of {Extension.Username}";
}
