using Orleans.Concurrency;
using Orleans.Placement;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

[PreferLocalPlacement]
internal sealed class EchoGrain(ILocalSiloDetails silo) : Placed(silo), IEchoGrain
{
    private Note? _note;
    private Frozen? _frozen;

    public Task<Note> Write(Note note)
    {
        _note = note;
        return Task.FromResult(note);
    }

    public Task<string> Kept() => Task.FromResult(_note!.Text);

    public Task<Point> Move(Point point) => Task.FromResult(point);

    public Task<Bag> Pack(Bag bag) => Task.FromResult(bag);

    public Task<Shape> Draw(Shape shape) => Task.FromResult(shape);

    public Task<Pair<string>> Swap(Pair<string> pair) => Task.FromResult(new Pair<string>(pair.Right, pair.Left));

    public Task<Frozen> Freeze(Frozen frozen)
    {
        _frozen = frozen;
        return Task.FromResult(frozen);
    }

    public Task<int> CountFrozen() => Task.FromResult(_frozen!.Numbers.Count);

    public Task<Link> Tie(Link link) => Task.FromResult(link);

    public Task<bool> AreSame(List<int> one, List<int> other) => Task.FromResult(ReferenceEquals(one, other));

    public Task Take(object anything) => Task.CompletedTask;

    public Task<object> Give() => Task.FromResult<object>(new Unmarked());

    public Task<Immutable<List<int>>> Wrap(Immutable<List<int>> list) => Task.FromResult(list);

    public async Task<string> Introduce(IEchoGrain other)
    {
        await other.Write(new Note { Text = $"from {this.GetPrimaryKeyString()}" });
        return await other.Kept();
    }

    public Task<IEchoGrain> Myself() => Task.FromResult(this.AsReference<IEchoGrain>());
}
