using Npgsql;
using VoiceGrains.Gateway;
using VoiceGrains.Silo.Hosting;
using VoiceGrains.Silo.Storage;

// A silo with the grains of the conformance suite instead of the product's, hosted in the same way.
var builder = WebApplication.CreateSlimBuilder([.. args.Where(static argument => argument != "serve")]);
var database = builder.Configuration.GetConnectionString("Database") ?? throw new InvalidOperationException("ConnectionStrings:Database is missing.");
builder.Logging.ClearProviders().AddJsonConsole();
builder.Services.AddSingleton(NpgsqlDataSource.Create(database));
builder.AddGrains(database);
builder.AddFigures();
await using var app = builder.Build();
await Migrations.Apply(app.Services.GetRequiredService<NpgsqlDataSource>(), CancellationToken.None);
app.MapFigures();
await app.StartAsync();
await File.WriteAllTextAsync(builder.Configuration["AddressFile"]!, app.Urls.First());
await app.WaitForShutdownAsync();
