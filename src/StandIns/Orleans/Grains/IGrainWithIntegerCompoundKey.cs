namespace Orleans;

/// <summary>A grain known by an integer and a string.</summary>
public interface IGrainWithIntegerCompoundKey : IGrain;
