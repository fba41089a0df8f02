using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Options;

namespace TekSipCloud.Storage.Tests;

/// <summary>The way to storage, on which an answer can be lost: storage has done what was asked, and nobody is told.</summary>
internal sealed class LossyStorage : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Uri _storage;
    private readonly Task _accepting;
    private string? _wanted;

    public LossyStorage(Uri storage)
    {
        _storage = storage;
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary>How many answers were lost.</summary>
    public int Lost { get; private set; }

    /// <summary>The tables of a fixture, by this way.</summary>
    public StorageTables Open(StorageFixture fixture)
    {
        var options = fixture.Get<IOptions<StorageOptions>>().Value;
        return new(Options.Create(new StorageOptions
        {
            ConnectionString = options.ConnectionString.Replace(_storage.Authority, _listener.LocalEndpoint.ToString(), StringComparison.Ordinal),
            TablePrefix = options.TablePrefix,
            DataFolder = options.DataFolder,
        }));
    }

    /// <summary>Loses the answer to the next request that starts like this.</summary>
    public void LoseAnswerTo(string request) => _wanted = request;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task Accept()
    {
        var ways = new List<Task>();
        try
        {
            while (true)
                ways.Add(Carry(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(ways);
        }
    }

    private async Task Carry(TcpClient client)
    {
        using var here = client;
        using var there = new TcpClient();
        try
        {
            await there.ConnectAsync(_storage.Host, _storage.Port, _stopping.Token);
            var isDoomed = new StrongBox<bool>();
            await Task.WhenAny(
                Copy(here.GetStream(), there.GetStream(), bytes => isDoomed.Value |= IsWanted(bytes)),
                Copy(there.GetStream(), here.GetStream(), _ => Lose(isDoomed.Value)));
        }
        catch (Exception end) when (end is IOException or SocketException or OperationCanceledException)
        {
            // One side has gone, or the answer is lost on purpose: the other side is let go too.
        }
    }

    private async Task Copy(NetworkStream from, NetworkStream to, Action<ReadOnlySpan<byte>> look)
    {
        var buffer = new byte[65536];
        while (await from.ReadAsync(buffer, _stopping.Token) is > 0 and var length)
        {
            look(buffer.AsSpan(0, length));
            await to.WriteAsync(buffer.AsMemory(0, length), _stopping.Token);
        }
    }

    private bool IsWanted(ReadOnlySpan<byte> bytes)
    {
        if (_wanted is null || !bytes.StartsWith(Encoding.ASCII.GetBytes(_wanted)))
            return false;

        _wanted = null;
        return true;
    }

    private void Lose(bool isDoomed)
    {
        if (!isDoomed)
            return;

        Lost++;
        throw new IOException("This answer is lost.");
    }
}
