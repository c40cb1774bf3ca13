using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Engines.Chat;

/// <summary>The packages of vendors can write requests and answers into events of the process. Ours don't.</summary>
public sealed class WhatDraftsLeaveBehind
{
    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task No_event_of_the_process_holds_what_was_said_or_its_translation(string vendor)
    {
        await using var chat = await ChatAtWork.Start(vendor);
        // Other tests run at the same time: these words are nobody else's.
        var said = $"aardvark{Guid.NewGuid():N}";
        using var events = new Events();

        await chat.Draft(ChatAtWork.Heard($"{said} now") with { Committed = said + "committed" });
        chat.Faults.Add(new PlannedFault(FaultForm.EndWithoutTerminator, After: 5));
        await chat.FaultOf(chat.Draft(ChatAtWork.Heard($"{said} now")));

        Assert.NotEmpty(events.Written);
        Assert.DoesNotContain(events.Written, written => written.Contains(said, StringComparison.OrdinalIgnoreCase));
    }

    sealed class Events : EventListener
    {
        public ConcurrentQueue<string> Written { get; } = new();

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name.Contains("ClientModel", StringComparison.Ordinal) || eventSource.Name.Contains("OpenAI", StringComparison.OrdinalIgnoreCase)
                || eventSource.Name.Contains("Anthropic", StringComparison.OrdinalIgnoreCase) || eventSource.Name is "System.Net.Http" or "Microsoft-Extensions-Logging")
                EnableEvents(eventSource, EventLevel.LogAlways, EventKeywords.All);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            // A listener is called before its constructor is over.
            Written?.Enqueue($"{eventData.EventSource.Name} {eventData.EventName}: {string.Join(' ', eventData.Payload ?? (IEnumerable<object?>)[])}");
    }
}
