using System.Net.Sockets;
using Npgsql;
using VoiceGrains.Engines;
using VoiceGrains.Engines.Health;
using VoiceGrains.Gateway;
using VoiceGrains.Gateway.Hosting;
using VoiceGrains.Participants;
using VoiceGrains.Silo;
using VoiceGrains.Silo.Demo;
using VoiceGrains.Silo.Engines;
using VoiceGrains.Silo.Engines.Phrasebooks;
using VoiceGrains.Silo.Engines.PocketSphinx;
using VoiceGrains.Silo.Hosting;
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
    public static async Task<int> Run(string command, string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = arguments,
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(GatewayServices).Assembly.GetName().Name,
        });
        var database = builder.Configuration.GetConnectionString("Database");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddVoiceEngines(builder.Configuration);
        if (command == "doctor")
        {
            await using var services = builder.Services.BuildServiceProvider();
            return Doctor.Run(services, builder.Configuration, Console.Out);
        }

        if (command == "dictionaries")
        {
            await using var services = builder.Services.BuildServiceProvider();
            return await DictionaryMaker.Run(
                services.GetRequiredService<PhrasebookLibrary>(), services.GetRequiredService<PocketSphinxOptions>(), Console.Out, CancellationToken.None);
        }

        return command == "serve" ? await Serve(builder, database) : throw new SettingsException([$"There is no command '{command}'. Known: serve, doctor, dictionaries."]);
    }

    static async Task<int> Serve(WebApplicationBuilder builder, string? database)
    {
        builder.Services.AddSingleton(builder.Configuration.GetSection("Tenants").Get<TenantOptions>() ?? new TenantOptions());
        builder.Services.AddStores(database);
        AddVoices(builder);
        builder.Services.AddSingleton<EngineWarmUp>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<EngineWarmUp>());
        builder.AddGrains(database);
        // After the grains, so that they stop before them.
        builder.Services.AddSingleton<EngineHealth>().AddSingleton<IEngineHealth>(static services => services.GetRequiredService<EngineHealth>());
        builder.Services.AddHostedService(static services => services.GetRequiredService<EngineHealth>());
        builder.Services.AddSingleton<AccountSlots>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<AccountSlots>());
        builder.Services.AddSingleton<LocalParticipants>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<LocalParticipants>());
        builder.Services.AddHostedService<VoiceWatch>();
        var hostsGateway = builder.Configuration.GetValue("Silo:HostGateway", true);
        if (hostsGateway)
            AddGateway(builder);
        else
            builder.AddFigures();
        builder.Services.AddHealthChecks().AddCheck<EngineWarmUp>("engines");

        await using var app = builder.Build();
        if (database is not null)
            await Migrations.Apply(app.Services.GetRequiredService<NpgsqlDataSource>(), CancellationToken.None);
        if (hostsGateway)
            MapGateway(app);
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

    static void AddVoices(WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Voices").Get<VoiceOptions>() ?? new VoiceOptions();
        if (options.Mistakes().ToList() is { Count: > 0 } mistakes)
            throw new SettingsException(mistakes);
        builder.Services.AddSingleton(services => new VoiceServices(
            services.GetService<IVoiceCloner>(), services.GetRequiredService<IRecordingStore>(), options, services.GetRequiredService<TimeProvider>()));
    }

    static void AddGateway(WebApplicationBuilder builder)
    {
        var mistakes = builder.AddVoiceGateway();
        if (mistakes.Count > 0)
            throw new SettingsException(mistakes);
        if (!builder.Configuration.GetValue("Gateway:Demo", false))
            return;
        builder.Services.AddSingleton<DemoCall>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<DemoCall>());
    }

    static void MapGateway(WebApplication app)
    {
        app.MapVoiceGateway();
        if (app.Services.GetRequiredService<GatewayOptions>().Demo)
            app.MapDemo();
    }
}
