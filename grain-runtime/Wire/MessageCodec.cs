using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Orleans.Activations;
using Orleans.Runtime;

namespace Orleans.Wire;

/// <summary>Writes requests and answers into frames, and reads them. What a request needs is looked up once per method.</summary>
sealed class MessageCodec
{
    [ThreadStatic]
    static Utf8JsonWriter? writer;

    readonly GrainTypes _types;
    readonly JsonSerializerOptions _json;
    readonly ConcurrentDictionary<Type, Shape> _shapes = new();

    internal MessageCodec(GrainTypes types, GrainFactory factory)
    {
        _types = types;
        _json = MessageJson.Options(factory);
    }

    /// <summary>Writes arguments, after the name of the method.</summary>
    internal void WriteRequest(OutgoingFrame frame, RequestBase call)
    {
        var shape = _shapes.GetOrAdd(call.GetType(), static type => new Shape(type));
        frame.Write(_types.NameOf(call.GetType()));
        Write(frame, json =>
        {
            json.WriteStartArray();
            for (var i = 0; i < shape.Parameters.Length; i++)
                JsonSerializer.Serialize(json, call.GetArgument(i), shape.Parameters[i], _json);
            json.WriteEndArray();
        });
    }

    /// <summary>Reads a request. Throws <see cref="OrleansException"/> when this process knows no such method, or its arguments have another form.</summary>
    internal RequestBase ReadRequest(ref IncomingFrame frame)
    {
        var name = frame.Text();
        var json = ReadJson(ref frame);
        if (_types.NamedOnWire(name) is not { } type || !type.IsAssignableTo(typeof(RequestBase)))
            throw new OrleansException($"This process knows no method {name}.");
        var shape = _shapes.GetOrAdd(type, static type => new Shape(type));
        try
        {
            return (RequestBase)shape.Constructor.Invoke(Arguments(json, shape.Parameters).AsSpan());
        }
        catch (Exception error) when (error is not MalformedFrameException)
        {
            throw new OrleansException($"The arguments of {name} can't be read here: the two processes are of different versions.");
        }
        finally
        {
            Attachments.Arrive([]);
        }
    }

    internal void WriteAnswer(OutgoingFrame frame, RequestBase call)
    {
        if (call.AnswerType is { } type)
            Write(frame, json => JsonSerializer.Serialize(json, call.Result, type, _json));
        else
            Write(frame, static json => json.WriteNullValue());
    }

    internal object? ReadAnswer(ref IncomingFrame frame, RequestBase call)
    {
        var json = ReadJson(ref frame);
        if (call.AnswerType is not { } type)
            return null;
        try
        {
            return JsonSerializer.Deserialize(json, type, _json);
        }
        catch (Exception error) when (error is not MalformedFrameException)
        {
            throw new OrleansException($"The answer of {call.Name} can't be read here: the two processes are of different versions.");
        }
        finally
        {
            Attachments.Arrive([]);
        }
    }

    object?[] Arguments(ReadOnlySpan<byte> json, Type[] parameters)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("Arguments are a list.");
        var arguments = new object?[parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!reader.Read() || reader.TokenType == JsonTokenType.EndArray)
                throw new JsonException("An argument is missing.");
            arguments[i] = JsonSerializer.Deserialize(ref reader, parameters[i], _json);
        }

        return arguments;
    }

    static void Write(OutgoingFrame frame, Action<Utf8JsonWriter> content)
    {
        var attachments = Attachments.Leaving;
        attachments.Clear();
        var start = frame.Reserve();
        var json = writer ??= new Utf8JsonWriter(frame, new JsonWriterOptions { SkipValidation = true });
        json.Reset(frame);
        try
        {
            content(json);
            json.Flush();
        }
        catch
        {
            writer = null;
            throw;
        }

        frame.Fill(start);
        frame.Write(attachments.Count);
        foreach (var attachment in attachments)
            frame.Write(attachment.Span);
        attachments.Clear();
    }

    // The bytes of a message outlive its frame, so each attachment is copied once.
    static ReadOnlySpan<byte> ReadJson(ref IncomingFrame frame)
    {
        var json = frame.Block();
        var count = frame.Int();
        if (count is < 0 or > 100_000)
            throw new MalformedFrameException("it claims too many attachments");
        var attachments = count == 0 ? [] : new ReadOnlyMemory<byte>[count];
        for (var i = 0; i < count; i++)
            attachments[i] = frame.Block().ToArray();
        frame.End();
        Attachments.Arrive(attachments);
        return json;
    }

    sealed class Shape
    {
        internal Shape(Type request)
        {
            var constructor = request.GetConstructors().Single();
            Constructor = ConstructorInvoker.Create(constructor);
            Parameters = [.. constructor.GetParameters().Select(static parameter => parameter.ParameterType)];
        }

        internal ConstructorInvoker Constructor { get; }

        internal Type[] Parameters { get; }
    }
}
