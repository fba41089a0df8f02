namespace Orleans.Silos;

internal enum ActivationState
{
    Activating,
    Valid,
    Deactivating,
    Invalid,
}
