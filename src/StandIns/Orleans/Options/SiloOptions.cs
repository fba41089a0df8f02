namespace Orleans.Configuration;

/// <summary>The silo's own name. Default: <c>Silo_</c> and five random digits.</summary>
public class SiloOptions
{
    public string? SiloName { get; set; }
}
