using Orleans.Calls;
using Orleans.Observers;
using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>Finds or makes the activation that serves a call.</summary>
internal sealed partial class Cluster
{
    /// <summary>Hands a call to its grain or observer. Throws when no silo can take it.</summary>
    public void Deliver(Call call)
    {
        if (ObserverReferences.IsObserver(call.Target))
        {
            DeliverToObserver(call);
            return;
        }

        var grainClass = GrainClasses.Of(call.Target.Type);
        while (true)
        {
            var activation = Locate(call, grainClass);
            call.Address(activation.Silo);
            if (activation.TryEnqueue(call))
            {
                // Its silo may have died since it was found, too late to fail this call with the others.
                if (activation.Silo.Status == SiloStatus.Dead)
                    call.LoseServer();

                return;
            }

            activation.Silo.Forget(activation);
        }
    }

    /// <summary>Hands on a call whose activation ended before its turn came.</summary>
    public void Redeliver(Call call)
    {
        try
        {
            if (!call.IsOver)
                Deliver(call);
        }
        catch (Exception error)
        {
            call.Fail(new OrleansMessageRejectionException($"Could not forward {call}: {error.Message}", error));
        }
    }

    private Activation Locate(Call call, GrainClass grainClass)
    {
        if (grainClass.Placement is StatelessWorkerPlacement workers)
            return WorkerSilo(call).Workers(call.Target).Pick(grainClass, workers.MaxLocal);

        while (true)
        {
            if (_directory.TryGetValue(call.Target, out var known))
                return known;

            var silo = Placement.Choose(grainClass.Placement, call, ActiveSilos);
            var fresh = new Activation(call.Target, grainClass, silo);
            if (!_directory.TryAdd(call.Target, fresh))
                continue;

            if (silo.TryAdopt(fresh))
                return fresh;

            _directory.TryRemove(KeyValuePair.Create(call.Target, fresh));
        }
    }

    private Silo WorkerSilo(Call call) => Placement.Choose(Placement.Local, call, ActiveSilos);

    private void DeliverToObserver(Call call)
    {
        var host = Silos.FirstOrDefault(silo => silo.Observers.Owns(call.Target));
        if (host is null)
        {
            call.Fail(new ClientNotAvailableException(call.Target));
            return;
        }

        call.Address(host);
        host.Observers.Deliver(call);
    }
}
