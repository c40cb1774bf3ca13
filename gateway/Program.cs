using System.Net.Sockets;
using Microsoft.Extensions.Configuration.Json;
using VoiceGrains.Gateway;
using VoiceGrains.Gateway.Hosting;

var command = args.FirstOrDefault(static argument => !argument.StartsWith('-')) ?? "serve";
try
{
    if (command == "serve")
        return await GatewayProgram.Serve([.. args.Where(argument => argument != command)]);
    Console.Error.WriteLine($"There is no command '{command}'. Known: serve.");
}
catch (OrleansException error)
{
    Console.Error.WriteLine(error.Message);
}
catch (IOException error) when (error.InnerException is SocketException or Microsoft.AspNetCore.Connections.AddressInUseException)
{
    Console.Error.WriteLine("The port is in use. Choose another with --urls.");
}

return 1;

/// <summary>A gateway in a process of its own: sockets and REST, with the grains behind a client.</summary>
static class GatewayProgram
{
    public static async Task<int> Serve(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = arguments,
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(GatewayServices).Assembly.GetName().Name,
        });
        // First, so that everything else goes before it. A silo's folder holds this program too, and has a file of the usual name.
        builder.Configuration.Sources.Insert(0, new JsonConfigurationSource { Path = "gatewaysettings.json", Optional = true });
        builder.Services.AddSingleton(TimeProvider.System);
        IReadOnlyList<string> mistakes = [.. builder.AddVoiceGateway(), .. builder.AddGrainClient()];
        if (mistakes.Count > 0)
        {
            foreach (var mistake in mistakes)
                await Console.Error.WriteLineAsync(mistake);
            return 1;
        }

        await using var app = builder.Build();
        CompiledCode.Prepare(typeof(GatewayServices).Assembly, typeof(VoiceGrains.Participants.IParticipantGrain).Assembly, typeof(IClusterClient).Assembly, typeof(VoiceGrains.Protocol.ProtocolJson).Assembly);
        app.MapVoiceGateway();
        await app.StartAsync();
        // Whoever started this asks here where it listens: with port 0 only the program knows.
        if (builder.Configuration["AddressFile"] is { } file)
            await File.WriteAllTextAsync(file, app.Urls.First());
        await app.WaitForShutdownAsync();
        return 0;
    }
}
