using System.CommandLine;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Liquidity;
using Plimsoll.Cli.Terminal;
using Plimsoll.Risk.Liquidation.Breakers;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll breakers</c>: when a price path would have paused trading, and why.</summary>
internal static class BreakersVerb
{
    private const string SamplePath = "samples/prices/crash.csv";
    private const string SampleBars = "samples/prices/coin-daily.csv";
    private const string SampleRules = "samples/parameters/whole.json";

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string> file = new("FILE") { Description = "Prices: ts_ms,price a line, or bars, plain or gzip; of a bar its open, extremes and close, evenly spaced." };
        Option<string> parameters = new("--parameters") { Description = "Risk parameters with a section breakers, or a venue's file.", HelpName = "FILE", Required = true };
        Option<string?> line = new("--line") { Description = "Which of its lines: a class (major, alt) or an instrument; the first without it.", HelpName = "NAME" };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "breakers",
            "The trips, batches and reopenings a circuit breaker would have had on a price path, each with its reason.",
            $"breakers {SamplePath} --parameters {SampleRules}",
            $"breakers {SampleBars} --parameters {SampleRules} --line alt --json")
        {
            file, parameters, line, json,
        };
        verb.SetAction(parsed =>
        {
            BreakerLine chosen = Chosen(parsed.GetValue(parameters)!, parsed.GetValue(line));
            IReadOnlyList<(Instant At, double Price)> prices = PricePath.Read(parsed.GetValue(file)!);
            BreakerStep[] steps = [.. BreakerRun.Over(chosen, prices)];
            Answer answer = Answer.Of(chosen, prices, steps);
            if (parsed.GetValue(json)) screen.Json(answer);
            else Show(screen, chosen, answer, steps);

            return ExitCode.Good;
        });

        return verb;
    }

    private static BreakerLine Chosen(string path, string? name)
    {
        RiskParameters rules = ParameterFiles.ReadEither(path);
        if (rules.Breakers.Lines.IsEmpty) throw new InputException(path, "has no section breakers with lines");
        if (name is null) return rules.Breakers.Lines[0];

        return rules.Breakers.Lines.FirstOrDefault(line => line.Name == name)
            ?? throw new InputException("--line", $"found '{name}', expected {string.Join(", ", rules.Breakers.Lines.Select(line => line.Name))}");
    }

    private static void Show(Screen screen, BreakerLine line, Answer answer, BreakerStep[] steps)
    {
        Table table = Tables.New("at", "", ">price", ">reference", ">move", "until");
        foreach (BreakerStep step in steps)
        {
            table.AddRow(
                Moment(step.At), Figures.In(Colour(step.Phase), Phase(step)), Figures.Price(step.Price), Figures.Price(step.Reference),
                step.Broken is { } broken ? Figures.Text(100 * broken.Move, "+0.00;-0.00") + " %" : "", Moment(step.Until));
        }

        screen.Page.Section($"Breakers of {line.Name}", table, $"{Bands(line)}; {Figures.Count(answer.Prices)} prices from {answer.From} to {answer.To}");
        foreach (BreakerStep step in steps.Where(step => step.Phase == BreakerPhase.Paused)) screen.Line($"{step.At}: {step.Reason}");
        screen.Line();
        screen.Verdict(answer.Trips == 0 ? "green" : "yellow", $"{answer.Trips} trips, {Figures.Text(answer.HeldSeconds, "#,##0")} s not traded of {Figures.Text(answer.Seconds, "#,##0")} s ({Figures.Text(100 * answer.HeldPart, "0.0")} %).");
    }

    private static string Phase(BreakerStep step) => step.Phase == BreakerPhase.Paused
        ? $"paused ({(step.Broken!.Band == BandKind.Static ? "static" : "dynamic")}{(step.Level > 1 ? $", trip {step.Level} of a row" : "")})"
        : step.Phase.ToString().ToLowerInvariant();

    private static string Colour(BreakerPhase phase) => phase switch
    {
        BreakerPhase.Paused => "red",
        BreakerPhase.Batch => "yellow",
        _ => "green",
    };

    private static string Bands(BreakerLine line)
    {
        string still = line.Static is { } fixedBand ? $"static {BreakerWords.Percent((double)fixedBand.Width)}{(fixedBand.Seconds > 0 ? $" renewed every {fixedBand.Seconds} s" : "")}" : "";
        string moving = line.Dynamic is { } band ? $"dynamic {BreakerWords.Percent((double)band.Width)} of {band.Seconds} s" : "";

        return string.Join(", ", ((string[])[still, moving]).Where(text => text.Length > 0));
    }

    private static string Moment(Instant at) => at.ToDateTime().ToString("d MMM HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Answer(string Line, int Prices, string From, string To, int Trips, double Seconds, double HeldSeconds, double HeldPart, IReadOnlyList<Step> Steps)
    {
        public static Answer Of(BreakerLine line, IReadOnlyList<(Instant At, double Price)> prices, BreakerStep[] steps)
        {
            (Instant from, Instant to) = (prices[0].At, prices[^1].At);
            double held = steps.Where(step => step.Phase is BreakerPhase.Paused or BreakerPhase.Batch).Sum(step => ((step.Until < to ? step.Until : to) - step.At).TotalSeconds);
            double all = (to - from).TotalSeconds;

            return new Answer(
                line.Name, prices.Count, from.ToString(), to.ToString(), steps.Count(step => step.Phase == BreakerPhase.Paused), all, held, all > 0 ? held / all : 0,
                [.. steps.Select(step => new Step(step.At.ToString(), step.Phase, step.Price, step.Reference, step.Until.ToString(), step.Broken?.Band, step.Broken?.Move, step.Broken is null ? null : step.Level, step.Reason))]);
        }
    }

    private sealed record Step(string At, BreakerPhase Phase, double Price, double Reference, string Until, BandKind? Band, double? Move, int? Trip, string Reason);
}
