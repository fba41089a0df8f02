using System.Security.Cryptography;
using System.Text;
using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests.Tables;

/// <summary>Signatures of Azurite's account, made as "Create an account SAS" says.</summary>
internal static class SharedAccessSignature
{
    private const string Version = "2019-02-02";
    private const string Services = "t";
    private const string ResourceTypes = "sco";
    private const string Expiry = "2099-01-01T00:00:00Z";

    /// <summary>A signature that allows what the letters of the permissions say.</summary>
    public static string Create(string permissions)
    {
        var text = string.Join('\n', AzuriteFixture.AccountName, permissions, Services, ResourceTypes, "", Expiry, "", "", Version, "");
        var hash = HMACSHA256.HashData(Convert.FromBase64String(AzuriteFixture.AccountKey), Encoding.UTF8.GetBytes(text));
        var signature = Uri.EscapeDataString(Convert.ToBase64String(hash));
        return $"sv={Version}&ss={Services}&srt={ResourceTypes}&sp={permissions}&se={Uri.EscapeDataString(Expiry)}&sig={signature}";
    }
}
