using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Tests.Dtls;

/// <summary>OpenSSL's own programs export the same keys as we do (RFC 5764 §4.2).</summary>
public sealed class OpenSslInteropTests
{
    [Theory]
    [InlineData("SRTP_AES128_CM_SHA1_80", SrtpProfile.AesCm128HmacSha1Tag80, false)]
    [InlineData("SRTP_AES128_CM_SHA1_80", SrtpProfile.AesCm128HmacSha1Tag80, true)]
    [InlineData("SRTP_AEAD_AES_256_GCM", SrtpProfile.AeadAes256Gcm, false)]
    public async Task We_are_active_and_openssl_s_server_is_passive(string name, SrtpProfile profile, bool hasRsaKey)
    {
        await using var program = new OpenSslProgram(hasRsaKey);
        await program.StartServer(name, MaterialBytes(profile));
        using var context = DtlsContext.Create(TimeProvider.System);
        using var association = context.Associate(DtlsRole.Active);
        association.Expect([program.Fingerprint]);

        await program.Shake(association);

        Assert.True(association.State == DtlsState.Established, association.FailureReason);
        Assert.Equal(await program.ReadKeys(), Material(client: association.Keys!.Ours, server: association.Keys.Theirs));
    }

    [Theory]
    [InlineData("SRTP_AES128_CM_SHA1_80", SrtpProfile.AesCm128HmacSha1Tag80, false)]
    [InlineData("SRTP_AES128_CM_SHA1_80", SrtpProfile.AesCm128HmacSha1Tag80, true)]
    [InlineData("SRTP_AEAD_AES_128_GCM", SrtpProfile.AeadAes128Gcm, false)]
    public async Task We_are_passive_and_openssl_s_client_is_active(string name, SrtpProfile profile, bool hasRsaKey)
    {
        await using var program = new OpenSslProgram(hasRsaKey);
        using var context = DtlsContext.Create(TimeProvider.System);
        using var association = context.Associate(DtlsRole.Passive);
        association.Expect([program.Fingerprint]);
        program.StartClient(name, MaterialBytes(profile));

        await program.Shake(association);

        Assert.True(association.State == DtlsState.Established, association.FailureReason);
        Assert.Equal(await program.ReadKeys(), Material(client: association.Keys!.Theirs, server: association.Keys.Ours));

        association.Close();
        program.Send(association);
        Assert.Equal(0, await program.WaitForExit());
    }

    private static int MaterialBytes(SrtpProfile profile) => 2 * (profile.KeyBytes() + profile.SaltBytes());

    private static string Material(SrtpKey client, SrtpKey server) =>
        Convert.ToHexString([.. client.Key, .. server.Key, .. client.Salt, .. server.Salt]);
}
