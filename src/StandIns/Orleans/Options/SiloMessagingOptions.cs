namespace Orleans.Configuration;

/// <summary>How a silo's calls are carried.</summary>
public class SiloMessagingOptions : MessagingOptions;
