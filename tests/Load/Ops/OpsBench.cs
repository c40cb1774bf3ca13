using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace VoiceGrains.Tests.Load.Ops;

/// <summary>
/// What the dashboard costs a browser: a made-up cluster of 20 silos with 1,000 calls, all of whose figures change each second, is looked at for a while. Measured are the main
/// thread of the page (TaskDuration of Performance.getMetrics) and all processes of the browser. Returns 1 when they take more than a fifth of one core.
/// </summary>
sealed class OpsBench(TextWriter output)
{
    const int Silos = 20;
    const int Calls = 1_000;
    const int Seed = 20_261_121;
    const double Limit = 0.2;
    static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Measured = TimeSpan.FromSeconds(30);

    public async Task<int> Run()
    {
        await using var cluster = await SyntheticCluster.Start(Silos, Calls, Seed);
        using var playwright = await Playwright.CreateAsync();
        // As root chromium needs no-sandbox.
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 860 } });
        await SignIn(page, cluster);
        var (ofPage, ofBrowser) = (await page.Context.NewCDPSessionAsync(page), await browser.NewBrowserCDPSessionAsync());
        await ofPage.SendAsync("Performance.enable");
        await page.EvaluateAsync("window.deltas = 0; new EventSource('/ops/stream?view=cluster').addEventListener('delta', () => window.deltas++)");
        await Task.Delay(Settling, TimeProvider.System);

        var (started, before, cpu, shown) = (Stopwatch.GetTimestamp(), await Metrics(ofPage), await Cpu(ofBrowser), await page.EvaluateAsync<int>("deltas"));
        await Task.Delay(Measured, TimeProvider.System);
        var (elapsed, after, cpuAfter) = (Stopwatch.GetElapsedTime(started), await Metrics(ofPage), await Cpu(ofBrowser));
        var updates = (await page.EvaluateAsync<int>("deltas") - shown) / elapsed.TotalSeconds;

        var main = (after["TaskDuration"] - before["TaskDuration"]) / elapsed.TotalSeconds;
        var all = (cpuAfter - cpu) / elapsed.TotalSeconds;
        Row($"{Silos} silos, {Calls:N0} calls, {Environment.ProcessorCount} cores, {elapsed.TotalSeconds:0} s", "");
        Row("updates a second", Text($"{updates:0.00}"));
        Row("main thread of the page", Text($"{100 * main:0.0} % of a core"));
        Row("of it script", Text($"{100 * Share("ScriptDuration"):0.0} %"));
        Row("of it layout and style", Text($"{100 * (Share("LayoutDuration") + Share("RecalcStyleDuration")):0.0} %"));
        Row("all processes of the browser", Text($"{100 * all:0.0} % of a core"));
        Row("script heap", Text($"{before["JSHeapUsedSize"] / 1e6:0.0} MB, then {after["JSHeapUsedSize"] / 1e6:0.0} MB"));
        Row("elements", Text($"{after["Nodes"]:0}"));
        Row("reports of all processes, once", Text($"{cluster.ReportsTook.TotalMilliseconds:0.0} ms"));
        return main < Limit && all < Limit && updates > 0.8 ? 0 : 1;

        double Share(string name) => (after[name] - before[name]) / elapsed.TotalSeconds;
    }

    static async Task SignIn(IPage page, SyntheticCluster cluster)
    {
        await page.GotoAsync(new Uri(cluster.Address, "/ops/").ToString());
        await page.FillAsync("#token", SyntheticCluster.Token);
        await page.ClickAsync("button");
        await Assertions.Expect(page.GetByText($"{Calls:N0} running")).ToBeVisibleAsync();
    }

    static async Task<Dictionary<string, double>> Metrics(ICDPSession session)
    {
        var answer = (await session.SendAsync("Performance.getMetrics"))!.Value;
        return answer.GetProperty("metrics").EnumerateArray().ToDictionary(static metric => metric.GetProperty("name").GetString()!, static metric => metric.GetProperty("value").GetDouble());
    }

    static async Task<double> Cpu(ICDPSession session)
    {
        var answer = (await session.SendAsync("SystemInfo.getProcessInfo"))!.Value;
        return answer.GetProperty("processInfo").EnumerateArray().Sum(static process => process.GetProperty("cpuTime").GetDouble());
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    void Row(string what, string value) => output.WriteLine($"{what,-44}{value}");
}
