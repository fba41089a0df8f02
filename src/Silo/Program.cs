using TekSipCloud.Silo;

await SiloApplication.Build(args).RunAsync();
