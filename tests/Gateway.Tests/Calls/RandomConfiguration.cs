using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>A tenant that may be configured in any way, and one call in it. What is chosen comes from numbers, so that a failure can be made smaller.</summary>
internal sealed class RandomConfiguration : IAsyncDisposable
{
    /// <summary>How many numbers are taken.</summary>
    public const int Choices = 32;

    // Longer than any call of it rings, one device after the other and one redirection after the other.
    private const int LongestSeconds = 600;

    private static readonly string[] Numbers =
        ["102", "102", "102", "0123", "0123", "103", "104", "999", "105", "106", "107", "*43", "*8102", "101", "0555", "+49%2030"];

    private readonly SipScript _script = new();
    private readonly int[] _choices;
    private readonly List<RandomPhone> _phones = [];
    private readonly Phone _caller;
    private int _taken;
    private bool _offersLate;
    private bool _bansScanner;
    private bool _wantsAgent;

    public RandomConfiguration(int[] choices)
    {
        _choices = choices;
        AddDestinations();
        AddExtensions();
        _caller = NewCaller();
        _script.Configure(Chosen);
    }

    /// <summary>The final status that the caller got; 0 for none.</summary>
    public int Status { get; private set; }

    /// <summary>Whether it was let in, as somebody who may call whomever it likes.</summary>
    public bool IsAdmitted { get; private set; } = true;

    /// <summary>The caller calls, and whatever becomes of it comes to its end.</summary>
    public async Task<IReadOnlyList<CallRecord>> Run()
    {
        var call = Invites();
        for (var second = 0; second < LongestSeconds && Status == 0; second++)
            Turns(call);
        if (Status is >= 200 and < 300)
            Ends(call);
        await _script.LeavesNothing();
        return [.. _script.Grains.Book.Calls.Select(told => told[^1].End!)];
    }

    public override string ToString() => string.Join(", ", _choices);

    public ValueTask DisposeAsync() => _script.DisposeAsync();

    private int Choose(int count) => _choices[_taken++ % _choices.Length] % count;

    private bool IsChosen(int oneOf = 4) => Choose(oneOf) == 1;

    private TenantSettings Chosen(TenantSettings settings) => settings with
    {
        RecordAudio = IsChosen(),
        AnnounceRefusals = IsChosen(),
        ProcessRedirects = IsChosen(2),
        MaxSessionDuration = IsChosen() ? TimeSpan.FromSeconds(60) : null,
        VoiceMailDestination = IsChosen() ? "mail" : null,
        IgnoreNullUserAgent = _wantsAgent = IsChosen(8),
        UserAgentPolicy = (_bansScanner = IsChosen()) ? UserAgentPolicy.Ban : UserAgentPolicy.Off,
        UserAgents = "Scanner",
        SipAuthentication = !IsChosen(8),
        RingTimeout = TimeSpan.FromSeconds(IsChosen() ? 10 : 60),
    };

    private void AddDestinations()
    {
        foreach (var name in (string[])["carrier", "mail"])
        {
            var carrier = _script.Carrier(name, destination => destination with
            {
                Enabled = !IsChosen(8),
                Capacity = IsChosen() ? 1 : 0,
                MediaEncryption = Encryption(),
                RemovePrefix = IsChosen(),
            });
            _phones.Add(new(carrier, Choose(RandomPhone.Behaviours)));
        }

        if (!IsChosen(8))
            _script.AddRoute("0", "carrier");
        if (IsChosen())
            _script.AddRoute("05", "mail");
    }

    private void AddExtensions()
    {
        _script.AddExtension("102", extension => extension with
        {
            MediaEncryption = Encryption(),
            RecordCalls = IsChosen(),
            Redirection = IsChosen() ? "103" : "",
            RedirectionTimeout = IsChosen() ? TimeSpan.FromSeconds(5) : null,
        });
        _phones.Add(new(_script.Registered("102"), Choose(RandomPhone.Behaviours)));
        if (IsChosen())
            _phones.Add(new(_script.Registered("102"), Choose(RandomPhone.Behaviours)));
        _script.AddExtension("103");
        _script.AddExtension("104", extension => extension with { Enabled = false });
        _script.AddExtension("105", extension => extension with { Redirection = "102" });
        _script.AddExtension("106", extension => extension with { Redirection = "0123", AllowExternalCalls = IsChosen(2) });
        _script.AddExtension("107", extension => extension with { Redirection = Contracts.Extensions.Extension.VoiceMail });
    }

    private MediaEncryption Encryption() => IsChosen(3) ? (MediaEncryption)Choose(4) : MediaEncryption.Off;

    private Phone NewCaller()
    {
        if (IsChosen())
            return _script.Carrier("caller");

        _script.AddExtension("101", extension => extension with { AllowExternalCalls = IsChosen(2), MediaEncryption = Encryption() });
        return _script.Registered("101");
    }

    private PhoneCall Invites()
    {
        var number = Numbers[Choose(Numbers.Length)];
        var offer = Choose(6) switch
        {
            0 => null,
            1 => Sdp.Of(_caller.Address, codecs: "18"),
            2 => Sdp.Secure(Sdp.Of(_caller.Address)),
            3 => Sdp.UnknownSuite,
            _ => Sdp.Of(_caller.Address),
        };
        _offersLate = offer is null;
        var agent = Choose(4) switch { 0 => "", 1 => "User-Agent: Scanner", _ => "User-Agent: Phone" };
        // What phones must say of themselves a destination need not.
        IsAdmitted = agent switch { "" => !_wantsAgent, "User-Agent: Scanner" => !_bansScanner, _ => true } || _caller.User == "caller";
        return _caller.Invites(number, offer, agent);
    }

    private void Turns(PhoneCall call)
    {
        foreach (var phone in _phones)
            phone.Listens();
        foreach (var message in _caller.Flow.Inbox.ToArray())
        {
            _caller.Flow.Inbox.Remove(message);
            call.Takes(message);
            if (message.IsRequest || message.StatusCode < 200 || Status > 0)
                continue;

            Status = message.StatusCode;
            IsAdmitted &= Status != 407;
            call.Sends("ACK", Status == 200 ? Answer(call) : null);
        }

        _script.Passes(1);
    }

    // RFC 3264 §4: of a caller that left the offer to the other side.
    private string? Answer(PhoneCall call) => call.LastSdp.Length > 0 && _offersLate ? Sdp.Answer(call.LastSdp, _caller.Address) : null;

    private void Ends(PhoneCall call)
    {
        if (IsChosen(2))
            call.Sends("BYE");
        else
            _ = _script.Context.Calls.HangUpAll("The test is over.");
        _script.Settle();
        for (var second = 0; second < 40; second++)
        {
            foreach (var phone in _phones)
                phone.Listens();
            foreach (var message in _caller.Flow.Inbox.Where(message => Phone.IsRequest(message, "BYE")).ToArray())
            {
                call.Takes(message);
                call.Sends(200, to: "BYE");
            }

            _caller.Ignores();
            _script.Passes(1);
        }
    }
}
