using Orleans.Concurrency;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

/// <summary>Keeps what it gets and gives it back.</summary>
internal interface IEchoGrain : IPlaced
{
    Task<Note> Write(Note note);

    Task<string> Kept();

    Task<Point> Move(Point point);

    Task<Bag> Pack(Bag bag);

    Task<Shape> Draw(Shape shape);

    Task<Pair<string>> Swap(Pair<string> pair);

    Task<Frozen> Freeze(Frozen frozen);

    Task<int> CountFrozen();

    Task<Link> Tie(Link link);

    Task<bool> AreSame(List<int> one, List<int> other);

    Task Take(object anything);

    Task<object> Give();

    Task<Immutable<List<int>>> Wrap(Immutable<List<int>> list);

    Task<string> Introduce(IEchoGrain other);

    Task<IEchoGrain> Myself();
}
