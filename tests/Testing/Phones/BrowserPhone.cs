using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TekSipCloud.Testing.Phones;

/// <summary>A softphone in a page of a browser. Its events are awaited in the order they come, each once.</summary>
public sealed class BrowserPhone : IAsyncDisposable
{
    private static readonly TimeSpan EventTime = TimeSpan.FromSeconds(60);
    private readonly ChildProcess _browser;
    private readonly string _name;
    private readonly HashSet<string> _seen = new(ReferenceComparer.Instance);
    private string? _lastKey;

    internal BrowserPhone(ChildProcess browser, string name, PhoneAccount account)
    {
        _browser = browser;
        _name = name;
        Account = account;
    }

    /// <summary>What it was opened with.</summary>
    public PhoneAccount Account { get; }

    /// <summary>Tells it to do something that its page knows, such as <c>register</c>; what comes of it are events.</summary>
    public void Do(string action, object? with = null)
    {
        var command = action == "open" ? JsonSerializer.SerializeToNode(with)!.AsObject() : new JsonObject();
        if (action != "open" && with is not null)
            command["with"] = JsonSerializer.SerializeToNode(with);
        command["phone"] = _name;
        command["do"] = action;
        _browser.WriteLine(command.ToJsonString());
    }

    /// <summary>The next event of that kind that was not awaited yet, such as <c>registered</c>.</summary>
    /// <exception cref="TimeoutException">It did not come; the message has what came last.</exception>
    public async Task<JsonElement> Await(string kind)
    {
        var line = await _browser.WaitForLine(line => !_seen.Contains(line) && Read(line) == kind, EventTime);
        _seen.Add(line);
        return JsonDocument.Parse(line).RootElement;
    }

    /// <summary>Until its call has brought that tone for so long in all, from now on.</summary>
    public async Task AwaitTone(int hertz, TimeSpan duration)
    {
        Do("listenFor", new { hertz, seconds = duration.TotalSeconds });
        while ((await Await("heard")).GetProperty("hertz").GetInt32() != hertz)
        {
        }
    }

    /// <summary>
    /// Waits for keys pressed at the other end, one after the other and no two alike, by the two tones that a browser makes of each (RFC 4733): on a busy
    /// machine it chops them, and one key is heard several times.
    /// </summary>
    public async Task AwaitKeys(string keys)
    {
        foreach (var key in keys)
        {
            var heard = await HearKey();
            while (heard == _lastKey)
                heard = await HearKey();
            if (heard != $"{key}")
                throw new InvalidOperationException($"{Account.Number} heard the key {heard} for {key}.");
            _lastKey = heard;
        }
    }

    public ValueTask DisposeAsync()
    {
        if (!_browser.HasExited)
            Do("close");
        return ValueTask.CompletedTask;
    }

    private async Task<string?> HearKey() => (await Await("key")).GetProperty("key").GetString();

    /// <summary>The kind of event, if a line is one of this phone's.</summary>
    private string? Read(string line)
    {
        if (!line.StartsWith($$"""{"phone":"{{_name}}",""", StringComparison.Ordinal))
            return null;

        return JsonDocument.Parse(line).RootElement.GetProperty("event").GetString();
    }

    /// <summary>Two events may read the same and are two.</summary>
    private sealed class ReferenceComparer : IEqualityComparer<string>
    {
        public static ReferenceComparer Instance { get; } = new();

        public bool Equals(string? x, string? y) => ReferenceEquals(x, y);

        public int GetHashCode(string obj) => RuntimeHelpers.GetHashCode(obj);
    }
}
