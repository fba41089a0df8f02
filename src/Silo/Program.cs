using TekSipCloud.Silo;

try
{
    await SiloApplication.Build(args).RunAsync();
    return Environment.ExitCode;
}
catch (Exception e) when (StartFailure.Explain(e) is { } reason)
{
    await Console.Error.WriteLineAsync($"{Environment.NewLine}TekSIP Cloud can't start: {reason}");
    return 1;
}
