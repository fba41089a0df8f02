using System.Diagnostics.CodeAnalysis;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>
/// Devices by when their next keep-alive is due, in ticks. Adding, taking and finding cost the same however many there are, and once the
/// lists have grown nothing is allocated. For one loop.
/// </summary>
internal sealed class KeepAliveWheel
{
    /// <summary>One turn; what is due later waits for another.</summary>
    private const int Slots = 512;

    private readonly List<KeepAliveTarget>[] _slots = new List<KeepAliveTarget>[Slots];
    private readonly List<KeepAliveTarget?> _numbers = [];
    private readonly Stack<int> _free = new();
    private long _tick;

    public KeepAliveWheel()
    {
        for (var slot = 0; slot < Slots; slot++)
            _slots[slot] = [];
    }

    /// <summary>Devices in it, those included that are over and not met yet.</summary>
    public int Count { get; private set; }

    /// <summary>The last tick that was taken.</summary>
    public long Tick => _tick;

    /// <summary>Puts a device in for the first time.</summary>
    public void Add(KeepAliveTarget target, long ticks)
    {
        if (_free.TryPop(out var number))
        {
            _numbers[number] = target;
        }
        else
        {
            number = _numbers.Count;
            _numbers.Add(target);
        }

        target.Number = number;
        Count++;
        Put(target, ticks);
    }

    /// <summary>The device that has this number.</summary>
    public bool TryFind(int number, [NotNullWhen(true)] out KeepAliveTarget? target)
    {
        target = number >= 0 && number < _numbers.Count ? _numbers[number] : null;
        return target is not null;
    }

    /// <summary>Goes on by one tick. What is due is shown to <paramref name="isDone"/>, which says after how many ticks it is due again; 0 for never.</summary>
    public void Turn(Func<KeepAliveTarget, long> isDone)
    {
        _tick++;
        var slot = _slots[(int)(_tick % Slots)];
        for (var i = slot.Count - 1; i >= 0; i--)
        {
            var target = slot[i];
            if (target.Due > _tick && !target.IsOver)
                continue;

            slot[i] = slot[^1];
            slot.RemoveAt(slot.Count - 1);
            var again = target.IsOver ? 0 : isDone(target);
            if (again > 0)
                Put(target, again);
            else
                Forget(target);
        }
    }

    private void Put(KeepAliveTarget target, long ticks)
    {
        target.Due = _tick + Math.Max(1, ticks);
        _slots[(int)(target.Due % Slots)].Add(target);
    }

    private void Forget(KeepAliveTarget target)
    {
        _numbers[target.Number] = null;
        _free.Push(target.Number);
        Count--;
    }
}
