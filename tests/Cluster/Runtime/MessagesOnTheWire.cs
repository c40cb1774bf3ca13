using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Activations;
using Orleans.Wire;
using VoiceGrains.Silo.Hosting;

namespace VoiceGrains.Tests.Cluster.Runtime;

/// <summary>Everything that grains say to each other arrives as it was sent.</summary>
public sealed class MessagesOnTheWire : IAsyncLifetime
{
    readonly int _seed = Environment.TickCount;
    readonly AnyMessage _any;
    readonly WebApplication _host;
    readonly GrainTypes _types;
    readonly GrainFactory _factory;
    readonly MessageCodec _codec;

    public MessagesOnTheWire()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddGrains(connectionString: null);
        _host = builder.Build();
        _types = _host.Services.GetRequiredService<GrainTypes>();
        _factory = _host.Services.GetRequiredService<GrainProcess>().Factory;
        _codec = new MessageCodec(_types, _factory);
        _any = new AnyMessage(new Random(_seed), _factory);
    }

    public static TheoryData<string> Methods => [.. RequestsOfProduct().Select(static request => request.FullName!)];

    public static TheoryData<string> MessageTypes => [.. typeof(CallId).Assembly.GetTypes()
        .Where(static type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null)
        .Select(static type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_arguments_of_a_method_arrive_as_they_were_sent(string name)
    {
        var type = RequestsOfProduct().Single(request => request.FullName == name);
        var constructor = type.GetConstructors().Single();
        for (var round = 0; round < 20; round++)
        {
            object?[] sent = [.. constructor.GetParameters().Select(parameter => _any.Of(parameter.ParameterType))];

            var read = Travel((RequestBase)constructor.Invoke(sent));

            Assert.IsType(type, read);
            for (var i = 0; i < sent.Length; i++)
                Assert.True(AnyMessage.AreSame(sent[i], read.GetArgument(i)), $"argument {i} of {name}, seed {_seed}");
        }
    }

    [Theory]
    [MemberData(nameof(MessageTypes))]
    public void A_message_arrives_as_it_was_sent(string name)
    {
        var type = typeof(CallId).Assembly.GetType(name)!;
        var options = MessageJson.Options(_factory);
        for (var round = 0; round < 20; round++)
        {
            var sent = _any.Of(type);
            Attachments.Leaving.Clear();

            var json = JsonSerializer.SerializeToUtf8Bytes(sent, type, options);
            Attachments.Arrive([.. Attachments.Leaving.Select(static bytes => new ReadOnlyMemory<byte>(bytes.ToArray()))]);

            Assert.True(AnyMessage.AreSame(sent, JsonSerializer.Deserialize(json, type, options)), $"{name}, seed {_seed}");
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    static IEnumerable<Type> RequestsOfProduct() => typeof(CallId).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(RequestBase)) && !type.IsAbstract);

    RequestBase Travel(RequestBase call)
    {
        using var frame = new OutgoingFrame(FrameKind.Request);
        _codec.WriteRequest(frame, call);
        var incoming = new IncomingFrame(frame.Finished("test").Bytes.Span[5..]);
        return _codec.ReadRequest(ref incoming);
    }
}
