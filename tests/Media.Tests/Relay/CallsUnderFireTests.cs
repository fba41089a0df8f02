using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Media.Relay;
using TekSipCloud.Testing;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>Calls that begin and end on one thread while packets come on others, to their ports and to those of calls just ended.</summary>
public sealed class CallsUnderFireTests : IDisposable
{
    private const int Rounds = 1000;

    private readonly RelayRig _rig = new(() => new ManagedIo(), o => o.StockPairs = 0);
    private readonly MediaRelay _relay;

    // Two calls at a time, all of whose ports both callers send to.
    private readonly TestPhone[] _callers = [new(), new() { Ssrc = 2 }];
    private readonly TestPhone[] _callees = [new() { Ssrc = 3 }, new() { Ssrc = 4 }];
    private readonly RelayLeg?[] _targets = new RelayLeg?[2];
    private volatile bool _isOver;

    private int InUse => _relay.CountPorts(AddressFamily.InterNetwork).InUse;

    public CallsUnderFireTests()
    {
        // Used ports are the next call's as soon as they are closed.
        var options = RelayRig.Options(o => (o.BindAddressV6, o.Loops, o.PortQuarantine) = (null, 2, TimeSpan.Zero), ports: 256);
        _relay = new MediaRelay(options, TimeProvider.System, _rig.Metrics(), NullLogger<MediaRelay>.Instance);
        _relay.Start();
    }

    [Fact]
    public async Task Nobody_hears_another_call()
    {
        var fire = Task.Factory.StartNew(
            Fire, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        for (var round = 0; round < Rounds; round++)
        {
            // Ports are closed by other threads, which may be behind.
            Assert.True(SpinWait.SpinUntil(() => InUse < 64, TimeSpan.FromSeconds(30)));
            using var one = Call(0);
            using var other = Call(1);
            Listen(0);
            Listen(1);
        }

        _isOver = true;
        await fire.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await Poll.UntilSeen("no port is in use", () => InUse, inUse => inUse == 0, TimeSpan.FromSeconds(30));
        Listen(0);
        Listen(1);
    }

    public void Dispose()
    {
        _isOver = true;
        _relay.Dispose();
        _rig.Dispose();
        Array.ForEach([.. _callers, .. _callees], phone => phone.Dispose());
    }

    private RelaySession Call(int number)
    {
        var session = _relay.OpenSession();
        var (a, b) = (_rig.Leg(_callers[number], session), _rig.Leg(_callees[number], session));
        session.Join(a, b);
        Volatile.Write(ref _targets[number], a);
        return session;
    }

    private void Fire()
    {
        while (!_isOver)
        {
            for (var target = 0; target < _targets.Length; target++)
            {
                if (Volatile.Read(ref _targets[target]) is not { } leg)
                    continue;

                _callers[0].Talk(leg, mark: 0);
                _callers[1].Talk(leg, mark: 1);
            }
        }
    }

    private void Listen(int number)
    {
        while (_callees[number].HasHeardAudio())
            Assert.Equal(number, _callees[number].Hears()[12]);
    }
}
