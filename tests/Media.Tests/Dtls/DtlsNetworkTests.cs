using FsCheck;
using FsCheck.Fluent;

namespace TekSipCloud.Media.Tests.Dtls;

/// <summary>RFC 6347 §4.2.4: a handshake comes through whatever a network does to its datagrams.</summary>
public sealed class DtlsNetworkTests
{
    // OpenSSL sends a flight twelve times more before it gives up.
    private const int MaxFates = 12;

    private static readonly Gen<DatagramFate[]> Networks =
        Gen.Elements(DatagramFate.Arrives, DatagramFate.ArrivesTwice, DatagramFate.ArrivesLate, DatagramFate.IsLost, DatagramFate.IsLost)
            .ListOf().Select(fates => fates.Take(MaxFates).ToArray());

    [Fact]
    public void Datagrams_may_be_lost_doubled_and_out_of_order() =>
        Prop.ForAll(Networks.ToArbitrary(), fates =>
        {
            using var pair = new DtlsPair(interval: DtlsPair.Soon).ExpectEachOther();
            pair.Network = number => number < fates.Length ? fates[number] : DatagramFate.Arrives;

            pair.ShakeUntilEstablished();

            return pair.IsEstablished
                && pair.Active.Keys!.Ours.IsSameAs(pair.Passive.Keys!.Theirs)
                && pair.Active.Keys.Theirs.IsSameAs(pair.Passive.Keys.Ours);
        }).QuickCheckThrowOnFailure();
}
