using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Fuzz;

/// <summary>A gateway with the domain and extensions of the torture messages, to which bytes are sent by UDP, by TCP, and by a carrier.</summary>
internal sealed class FuzzedGateway : IAsyncDisposable
{
    /// <summary>A gateway takes so many, then another takes its place: buckets and books begin anew.</summary>
    private const int MostBytesAtOnce = 600;

    private SipScript? _script;
    private Phone[] _senders = [];
    private Phone[] _called = [];
    private int _taken;

    /// <summary>Sends the same bytes by every way. Throws when the gateway faults or talks too much.</summary>
    public void Take(byte[] bytes)
    {
        if (_script is null || _taken == MostBytesAtOnce)
            Begin().GetAwaiter().GetResult();

        _taken++;
        foreach (var sender in _senders)
        {
            _script!.Change = _ => bytes.ToArray();
            sender.Ignores();
            sender.Sends("");
            // Of the request, and of what follows it on the same way; a challenge or refusal each.
            Assert.InRange(sender.Flow.Inbox.Count, 0, 2);
        }

        foreach (var phone in _called)
            phone.Ignores();
        Assert.Equal(0, _script!.Loop.Faults);
        if (_taken % 20 == 0)
            _script.Passes(1);
    }

    /// <summary>All calls are over: nothing is left.</summary>
    public async Task End()
    {
        if (_script is null)
            return;

        _ = _script.Context.Calls.HangUpAll("The test is over.");
        _script.Settle();
        await _script.LeavesNothing();
        await _script.DisposeAsync();
        _script = null;
    }

    public ValueTask DisposeAsync() => _script?.DisposeAsync() ?? default;

    private async Task Begin()
    {
        await End();
        _taken = 0;
        _script = new SipScript(mediaPorts: 256);
        _called = [_script.Registered("user"), _script.Registered("UserB"), _script.Registered("watson")];
        _senders =
        [
            _script.Stranger("nobody"),
            _script.Stranger("nobody", protocol: SipTransportProtocol.Tcp),
            _script.Carrier("carrier"),
        ];
        foreach (var sender in _senders)
            sender.Flow.GetsEchoes = true;
    }
}
