namespace Orleans.Runtime;

/// <summary>Whatever can be called by reference: grains and observers.</summary>
public interface IAddressable;
