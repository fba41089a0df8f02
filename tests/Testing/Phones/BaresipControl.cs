using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace TekSipCloud.Testing.Phones;

/// <summary>baresip's control connection: commands and events as JSON in netstrings.</summary>
internal sealed class BaresipControl : IDisposable
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(20);
    private readonly TcpClient _connection;
    private readonly Lock _lock = new();
    private readonly List<JsonElement> _events = [];
    private readonly List<(string Type, TaskCompletionSource<JsonElement> Found)> _waiters = [];
    private int _commands;

    private BaresipControl(TcpClient connection)
    {
        _connection = connection;
        _ = Read();
    }

    /// <summary>Connects as soon as the phone listens.</summary>
    public static async Task<BaresipControl> Connect(IPEndPoint phone, TimeSpan within)
    {
        var connection = await Poll.Until("baresip takes its control connection", () => TryConnect(phone), c => c is not null, within);
        return new BaresipControl(connection!);
    }

    /// <summary>Runs a command and waits for its answer.</summary>
    /// <returns>What the phone said to it.</returns>
    /// <exception cref="InvalidOperationException">The phone refused it.</exception>
    public async Task<string> Run(string command, string parameters = "")
    {
        var token = Interlocked.Increment(ref _commands).ToString(CultureInfo.InvariantCulture);
        var answer = Expect(token, AnswerTime);
        var json = JsonSerializer.Serialize(new { command, @params = parameters, token });
        await _connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetByteCount(json)}:{json},"));
        var response = await answer;
        if (!response.GetProperty("ok").GetBoolean())
            throw new InvalidOperationException($"baresip refused {command} {parameters}: {response}");

        return response.TryGetProperty("data", out var data) ? data.GetString() ?? "" : "";
    }

    /// <summary>The next event of a type that nobody awaited yet.</summary>
    public Task<JsonElement> Await(string type, TimeSpan within) => Expect(type, within);

    public void Dispose() => _connection.Dispose();

    private static async Task<TcpClient?> TryConnect(IPEndPoint phone)
    {
        var client = new TcpClient();
        try
        {
            await client.ConnectAsync(phone);
            return client;
        }
        catch (SocketException)
        {
            client.Dispose();
            return null;
        }
    }

    private async Task<JsonElement> Expect(string key, TimeSpan within)
    {
        var found = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            var at = _events.FindIndex(e => KeyOf(e) == key);
            if (at >= 0)
            {
                var past = _events[at];
                _events.RemoveAt(at);
                return past;
            }

            _waiters.Add((key, found));
        }

        try
        {
            return await found.Task.WaitAsync(within);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"baresip did not tell {key} within {within}.", e);
        }
    }

    private static string? KeyOf(JsonElement message) =>
        message.TryGetProperty("token", out var token) ? token.GetString()
        : message.TryGetProperty("type", out var type) ? type.GetString()
        : null;

    private async Task Read()
    {
        try
        {
            using var reader = new BinaryReader(_connection.GetStream(), Encoding.UTF8, leaveOpen: true);
            while (await Task.Run(() => ReadMessage(reader)) is { } message)
                Take(message);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The phone or the test ended; who still waits is told by the deadline.
        }
    }

    private static JsonElement? ReadMessage(BinaryReader reader)
    {
        var length = 0;
        for (var octet = reader.ReadByte(); octet != ':'; octet = reader.ReadByte())
            length = (length * 10) + (octet - '0');

        var json = reader.ReadBytes(length);
        reader.ReadByte();
        return JsonDocument.Parse(json).RootElement;
    }

    private void Take(JsonElement message)
    {
        var key = KeyOf(message);
        lock (_lock)
        {
            var at = _waiters.FindIndex(w => w.Type == key && !w.Found.Task.IsCompleted);
            if (at < 0)
            {
                _events.Add(message);
                return;
            }

            _waiters[at].Found.TrySetResult(message);
            _waiters.RemoveAt(at);
        }
    }
}
