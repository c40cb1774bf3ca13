using System.Net.Sockets;
using Npgsql;
using VoiceGrains.Engines;
using VoiceGrains.Engines.Health;
using VoiceGrains.Gateway;
using VoiceGrains.Gateway.Hosting;
using VoiceGrains.Operations;
using VoiceGrains.Participants;
using VoiceGrains.Silo;
using VoiceGrains.Silo.Demo;
using VoiceGrains.Silo.Engines;
using VoiceGrains.Silo.Engines.Phrasebooks;
using VoiceGrains.Silo.Engines.PocketSphinx;
using VoiceGrains.Silo.Engines.Vendors;
using VoiceGrains.Silo.Hosting;
using VoiceGrains.Silo.Operations;
using VoiceGrains.Silo.Storage;
using VoiceGrains.Tenants;
using VoiceGrains.Voices;

var command = args.FirstOrDefault(static argument => !argument.StartsWith('-')) ?? "serve";
try
{
    return await SiloProgram.Run(command, [.. args.Where(argument => argument != command)]);
}
catch (SettingsException error)
{
    foreach (var mistake in error.Mistakes)
        Console.Error.WriteLine(mistake);
}
catch (Exception error) when (error is SchemaNewerException or Orleans.Runtime.OrleansException)
{
    Console.Error.WriteLine(error.Message);
}
catch (NpgsqlException)
{
    Console.Error.WriteLine("PostgreSQL can't be reached. Check ConnectionStrings:Database, or leave it out to keep everything in memory.");
}
catch (IOException error) when (error.InnerException is SocketException or Microsoft.AspNetCore.Connections.AddressInUseException)
{
    Console.Error.WriteLine("The port is in use. Choose another: ./voicegrains up --port 8081");
}

return 1;

/// <summary>The parts of the program.</summary>
static class SiloProgram
{
    const string HostGateway = "Silo:HostGateway";

    public static async Task<int> Run(string command, string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = arguments,
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(GatewayServices).Assembly.GetName().Name,
        });
        var database = builder.Configuration.GetConnectionString("Database");
        var mistakes = new List<string>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddVoiceEngines(builder.Configuration, mistakes);
        switch (command)
        {
            case "serve":
                AddParts(builder, database, mistakes);
                return mistakes.Count == 0 ? await Serve(builder, database) : throw new SettingsException(mistakes);
            case "doctor":
                AddParts(builder, database, mistakes);
                mistakes.AddRange(KnownSettings.Mistyped(builder.Configuration));
                await using (var services = builder.Services.BuildServiceProvider())
                    return new Doctor(services, builder.Configuration, mistakes, Console.Out).Run();
            case "demo":
                return mistakes.Count == 0 ? await DemoProgram.Run(builder) : throw new SettingsException(mistakes);
            case "dictionaries" when mistakes.Count == 0:
                await using (var services = builder.Services.BuildServiceProvider())
                    return await DictionaryMaker.Run(
                        services.GetRequiredService<PhrasebookLibrary>(), services.GetRequiredService<PocketSphinxOptions>(), Console.Out, CancellationToken.None);
            case "dictionaries":
                throw new SettingsException(mistakes);
            default:
                throw new SettingsException([$"There is no command '{command}'. Known: serve, demo, doctor, dictionaries."]);
        }
    }

    // Everything that runs, and each setting that is wrong.
    static void AddParts(WebApplicationBuilder builder, string? database, List<string> mistakes)
    {
        builder.Services.AddSingleton(VendorSettings.Read<TenantOptions>(builder.Configuration, "Tenants", mistakes));
        AddStores(builder, database, mistakes);
        AddVoices(builder, mistakes);
        builder.Services.AddSingleton<EngineWarmUp>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<EngineWarmUp>());
        AddGrains(builder, database, mistakes);
        builder.Services.AddSingleton<LocalFigures>();
        // Stops last but for the grains: it tells how those that stop before it get on.
        builder.Services.AddHostedService<SiloReports>();
        // After the grains, so that they stop before them.
        builder.Services.AddSingleton<EngineHealth>().AddSingleton<IEngineHealth>(static services => services.GetRequiredService<EngineHealth>());
        builder.Services.AddHostedService(static services => services.GetRequiredService<EngineHealth>());
        builder.Services.AddSingleton<AccountSlots>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<AccountSlots>());
        builder.Services.AddSingleton<LocalParticipants>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<LocalParticipants>());
        builder.Services.AddHostedService<VoiceWatch>();
        if (builder.Configuration[HostGateway] is { } hosts && !bool.TryParse(hosts, out _))
            mistakes.Add($"{HostGateway} must be true or false.");
        else if (HostsGateway(builder.Configuration))
            AddGateway(builder, mistakes);
        else
            builder.AddFigures();
        builder.Services.AddHealthChecks().AddCheck<EngineWarmUp>("engines");
    }

    static async Task<int> Serve(WebApplicationBuilder builder, string? database)
    {
        var hostsGateway = HostsGateway(builder.Configuration);
        await using var app = builder.Build();
        if (database is not null)
            await Migrations.Apply(app.Services.GetRequiredService<NpgsqlDataSource>(), CancellationToken.None);
        if (hostsGateway)
            app.MapVoiceGateway();
        else
            app.MapFigures();
        // Alone nobody hands anything over, and whoever starts it wants to see it soon.
        if (!hostsGateway)
            CompiledCode.Prepare(typeof(SiloProgram).Assembly, typeof(LocalParticipants).Assembly, typeof(IParticipantGrain).Assembly, typeof(IClusterClient).Assembly);
        await app.StartAsync();
        // Whoever started this asks here where it listens: with port 0 only the program knows.
        if (builder.Configuration["AddressFile"] is { } file)
            await File.WriteAllTextAsync(file, app.Urls.First());
        await app.WaitForShutdownAsync();
        return 0;
    }

    static bool HostsGateway(IConfiguration configuration) => configuration.GetValue(HostGateway, true);

    static void AddStores(WebApplicationBuilder builder, string? database, List<string> mistakes)
    {
        try
        {
            builder.Services.AddStores(database);
        }
        catch (ArgumentException)
        {
            // What it says may repeat the password.
            mistakes.Add("ConnectionStrings:Database can't be read. Write for example Host=db.example.org;Username=voicegrains;Password=...;Database=voicegrains");
        }
    }

    static void AddVoices(WebApplicationBuilder builder, List<string> mistakes)
    {
        var options = VendorSettings.Read<VoiceOptions>(builder.Configuration, "Voices", mistakes);
        mistakes.AddRange(options.Mistakes());
        builder.Services.AddSingleton(services => new VoiceServices(
            services.GetService<IVoiceCloner>(), services.GetRequiredService<IRecordingStore>(), options, services.GetRequiredService<TimeProvider>()));
    }

    static void AddGrains(WebApplicationBuilder builder, string? database, List<string> mistakes)
    {
        try
        {
            builder.AddGrains(database);
        }
        catch (SettingsException error)
        {
            mistakes.AddRange(error.Mistakes);
        }
    }

    static void AddGateway(WebApplicationBuilder builder, List<string> mistakes)
    {
        mistakes.AddRange(builder.AddVoiceGateway());
        if (mistakes.Count > 0 || !builder.Configuration.GetValue("Gateway:Demo", false))
            return;
        builder.Services.AddHostedService<DemoCall>();
    }

}
