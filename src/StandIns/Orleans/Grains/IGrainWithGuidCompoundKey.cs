namespace Orleans;

/// <summary>A grain known by a GUID and a string.</summary>
public interface IGrainWithGuidCompoundKey : IGrain;
