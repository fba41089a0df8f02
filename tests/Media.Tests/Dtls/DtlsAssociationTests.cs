using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Tests.Dtls;

/// <summary>Keys of SRTP by handshake: RFC 5764, RFC 6347, RFC 8122.</summary>
public sealed class DtlsAssociationTests
{
    [Fact]
    public void Each_side_has_the_others_key_RFC_5764_section_4_2()
    {
        using var pair = new DtlsPair().ExpectEachOther().Shake();

        Assert.True(pair.IsEstablished, $"{pair.Active.State} {pair.Active.FailureReason}, {pair.Passive.State} {pair.Passive.FailureReason}");
        Assert.True(pair.Active.Keys!.Ours.IsSameAs(pair.Passive.Keys!.Theirs));
        Assert.True(pair.Active.Keys.Theirs.IsSameAs(pair.Passive.Keys.Ours));
        Assert.False(pair.Active.Keys.Ours.IsSameAs(pair.Active.Keys.Theirs));
    }

    [Theory]
    [InlineData("SRTP_AES128_CM_SHA1_80", SrtpProfile.AesCm128HmacSha1Tag80)]
    [InlineData("SRTP_AES128_CM_SHA1_32", SrtpProfile.AesCm128HmacSha1Tag32)]
    [InlineData("SRTP_AEAD_AES_128_GCM", SrtpProfile.AeadAes128Gcm)]
    [InlineData("SRTP_AEAD_AES_256_GCM", SrtpProfile.AeadAes256Gcm)]
    public void What_the_keys_are_for_is_agreed_on(string profile, SrtpProfile expected)
    {
        using var pair = new DtlsPair(profile, profile).ExpectEachOther().Shake();

        Assert.Equal(expected, pair.Active.Keys?.Ours.Profile);
        Assert.Equal(expected, pair.Passive.Keys?.Theirs.Profile);
    }

    [Fact]
    public void Of_several_profiles_the_passive_side_has_the_choice()
    {
        using var pair = new DtlsPair(activeProfiles: "SRTP_AEAD_AES_256_GCM:SRTP_AES128_CM_SHA1_80").ExpectEachOther().Shake();

        Assert.Equal(SrtpProfile.AesCm128HmacSha1Tag80, pair.Active.Keys?.Ours.Profile);
    }

    [Fact]
    public void Without_a_profile_in_common_there_are_no_keys()
    {
        using var pair = new DtlsPair("SRTP_AEAD_AES_256_GCM", "SRTP_AES128_CM_SHA1_80").ExpectEachOther().Shake();

        Assert.Equal((DtlsState.Failed, DtlsFailure.NoSrtpProfile), (pair.Passive.State, pair.Passive.Failure));
        Assert.Null(pair.Active.Keys);
        Assert.Null(pair.Passive.Keys);
    }

    [Fact]
    public void Another_certificate_than_the_offers_is_refused_by_an_alert_RFC_8122_section_6_2()
    {
        using var pair = new DtlsPair();
        pair.Active.Expect([pair.PassiveFingerprint]);
        pair.Passive.Expect([pair.PassiveFingerprint]);
        pair.Shake();

        Assert.Equal((DtlsState.Failed, DtlsFailure.WrongFingerprint), (pair.Passive.State, pair.Passive.Failure));
        Assert.Equal((DtlsState.Failed, DtlsFailure.Protocol), (pair.Active.State, pair.Active.Failure));
        Assert.Contains("bad certificate", pair.Active.FailureReason, StringComparison.Ordinal);
        Assert.Null(pair.Passive.Keys);
    }

    [Fact]
    public void Another_certificate_than_the_answers_is_refused()
    {
        using var pair = new DtlsPair();
        pair.Active.Expect([pair.ActiveFingerprint]);
        pair.Passive.Expect([pair.ActiveFingerprint]);
        pair.Shake();

        Assert.Equal((DtlsState.Failed, DtlsFailure.WrongFingerprint), (pair.Active.State, pair.Active.Failure));
        Assert.Null(pair.Active.Keys);
        Assert.Null(pair.Passive.Keys);
    }

    [Fact]
    public void A_handshake_before_its_description_has_no_keys_until_that_comes()
    {
        // RFC 8122 §6.2 with RFC 5763 §6.2: an answerer may shake hands before its answer reaches us.
        using var pair = new DtlsPair();
        pair.Active.Expect([pair.PassiveFingerprint]);
        pair.Shake();
        Assert.Equal(DtlsState.AwaitingFingerprint, pair.Passive.State);
        Assert.Null(pair.Passive.Keys);

        pair.Passive.Expect([pair.ActiveFingerprint]);

        Assert.Equal(DtlsState.Established, pair.Passive.State);
        Assert.True(pair.Active.Keys!.Ours.IsSameAs(pair.Passive.Keys!.Theirs));
    }

    [Fact]
    public void A_description_that_comes_late_and_is_of_another_gets_no_keys()
    {
        using var pair = new DtlsPair();
        pair.Active.Expect([pair.PassiveFingerprint]);
        pair.Shake();

        pair.Passive.Expect([pair.PassiveFingerprint]);
        pair.Carry();

        Assert.Equal((DtlsState.Failed, DtlsFailure.WrongFingerprint), (pair.Passive.State, pair.Passive.Failure));
        Assert.Null(pair.Passive.Keys);
        Assert.Equal(DtlsState.Closed, pair.Active.State);
    }

    [Fact]
    public void Who_closes_is_heard_by_the_other()
    {
        using var pair = new DtlsPair().ExpectEachOther().Shake();

        pair.Active.Close();
        pair.Carry();

        Assert.Equal(DtlsState.Closed, pair.Active.State);
        Assert.Equal(DtlsState.Closed, pair.Passive.State);
    }

    [Fact]
    public void No_datagram_is_longer_than_any_path_takes()
    {
        using var pair = new DtlsPair().ExpectEachOther();
        pair.Active.Begin();
        for (var flight = 0; flight < 8; flight++)
        {
            foreach (var datagram in pair.Take(pair.Active))
            {
                Assert.InRange(datagram.Length, 1, DtlsAssociation.MaxSentBytes);
                pair.Passive.Receive(datagram);
            }

            foreach (var datagram in pair.Take(pair.Passive))
            {
                Assert.InRange(datagram.Length, 1, DtlsAssociation.MaxSentBytes);
                pair.Active.Receive(datagram);
            }
        }

        Assert.True(pair.IsEstablished);
    }

    [Fact]
    public void A_handshake_without_an_answer_ends_in_time()
    {
        using var pair = new DtlsPair();
        pair.Active.Begin();
        Assert.NotNull(pair.Active.NextTimeout);

        pair.Clock.Advance(DtlsAssociation.HandshakeTimeout);
        Assert.Equal(TimeSpan.Zero, pair.Active.NextTimeout);
        pair.Active.HandleTimeout();

        Assert.Equal((DtlsState.Failed, DtlsFailure.TimedOut), (pair.Active.State, pair.Active.Failure));
        Assert.Null(pair.Active.NextTimeout);
    }

    [Fact]
    public void Who_is_passive_waits_without_end_and_without_a_timer()
    {
        using var pair = new DtlsPair();
        pair.Passive.Begin();
        pair.Clock.Advance(TimeSpan.FromHours(1));
        pair.Passive.HandleTimeout();

        Assert.Null(pair.Passive.NextTimeout);
        Assert.Equal(DtlsState.Handshaking, pair.Passive.State);
    }

    [Fact]
    public void A_flight_is_sent_again_when_its_time_is_over_RFC_6347_section_4_2_4()
    {
        using var pair = new DtlsPair(interval: DtlsPair.Soon).ExpectEachOther();
        pair.Network = number => number == 0 ? DatagramFate.IsLost : DatagramFate.Arrives;

        pair.ShakeUntilEstablished();

        Assert.True(pair.IsEstablished);
    }

    [Fact]
    public void A_flight_is_not_sent_again_before_its_time()
    {
        using var pair = new DtlsPair();
        pair.Active.Begin();
        _ = pair.Take(pair.Active);

        pair.Active.HandleTimeout();

        Assert.Empty(pair.Take(pair.Active));
    }

    [Fact]
    public void Ending_twice_and_using_what_has_ended_does_nothing()
    {
        using var pair = new DtlsPair().ExpectEachOther().Shake();
        pair.Active.Close();
        pair.Active.Close();
        pair.Active.Receive([22, 254, 253]);
        pair.Active.HandleTimeout();

        Assert.Equal(DtlsState.Closed, pair.Active.State);
    }

    [Fact]
    public void A_missing_library_is_named_with_what_has_it()
    {
        var why = OpenSslLibrary.WhyAbsent("libnosuchcrypto.so.3");

        Assert.Contains("libnosuchcrypto.so.3", why, StringComparison.Ordinal);
        Assert.Contains("libssl3", why, StringComparison.Ordinal);
        Assert.True(OpenSslLibrary.IsAvailable(out var whyNot), whyNot);
    }
}
