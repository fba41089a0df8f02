using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Registrar;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Registrar;

/// <summary>When devices are due.</summary>
public sealed class KeepAliveWheelTests
{
    [Fact]
    public void Everybody_is_met_exactly_when_due() => Prop.ForAll(
        Gen.Choose(1, 2_000).ArrayOf().ToArbitrary(),
        periods =>
        {
            var wheel = new KeepAliveWheel();
            var met = new Dictionary<KeepAliveTarget, List<long>>();
            var targets = periods.Select(_ => Target()).ToArray();
            for (var i = 0; i < periods.Length; i++)
                wheel.Add(targets[i], periods[i]);

            for (var tick = 0; tick < 4_000; tick++)
                wheel.Turn(target => Meet(target));

            return targets.Select((target, i) => Enumerable.Range(1, 4_000 / periods[i]).Select(n => (long)n * periods[i])
                .SequenceEqual(met.GetValueOrDefault(target) ?? [])).All(isRight => isRight);

            long Meet(KeepAliveTarget target)
            {
                if (!met.TryGetValue(target, out var ticks))
                    met[target] = ticks = [];
                ticks.Add(wheel.Tick);
                return periods[Array.IndexOf(targets, target)];
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Who_is_over_leaves_and_its_number_is_given_to_another()
    {
        var wheel = new KeepAliveWheel();
        var first = Target();
        wheel.Add(first, 5);
        first.IsOver = true;
        for (var tick = 0; tick < 5; tick++)
            wheel.Turn(_ => throw new InvalidOperationException("It is over."));

        var second = Target();
        wheel.Add(second, 1);

        Assert.Equal(1, wheel.Count);
        Assert.Equal(first.Number, second.Number);
        Assert.True(wheel.TryFind(second.Number, out var found));
        Assert.Same(second, found);
        Assert.False(wheel.TryFind(1, out _));
        Assert.False(wheel.TryFind(-1, out _));
    }

    private static KeepAliveTarget Target() => new(
        new ExtensionKey(new TenantId("t"), "101"),
        new Binding
        {
            Contact = "sip:101@192.168.1.5",
            Identity = "sip:101@192.168.1.5",
            Expires = default,
            Registered = default,
            CallId = "1",
            CSeq = 1,
            Flow = new FlowAddress(new FlowId("n", "1", 0), Transport.Udp, "192.0.2.1", 5060, "192.0.2.9:5060"),
        },
        new PhoneFlow(SipTransportProtocol.Udp, System.Net.IPEndPoint.Parse("192.0.2.1:5060")));
}
