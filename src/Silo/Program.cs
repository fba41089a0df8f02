using TekSipCloud.Api;
using TekSipCloud.Gateway;
using TekSipCloud.Grains;
using TekSipCloud.Silo;
using TekSipCloud.Silo.Logging;
using TekSipCloud.Silo.Setup;
using TekSipCloud.Storage;

var builder = WebApplication.CreateBuilder(args);
var options = builder.AddSiloOptions(args);
builder.AddLogging(options);
builder.AddStorage();
builder.AddGrains();
builder.AddSilo();
if (options.HasGateway)
    builder.Services.AddSipGateway();
builder.Services.AddApi(builder.Configuration);
builder.Services.AddSetup();
builder.AddListeners(options);

var app = builder.Build();
_ = options.HasApi ? app.MapTekSipApi() : app.MapTekSipHealth();
await app.RunAsync();
