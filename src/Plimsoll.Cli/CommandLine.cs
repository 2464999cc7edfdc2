using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Plimsoll.Cli.Terminal;
using Plimsoll.Cli.Verbs;
using Plimsoll.Engine.Hosting;
using Plimsoll.Engine.Journal;
using Plimsoll.Units;

namespace Plimsoll.Cli;

/// <summary>What the process says with its exit code.</summary>
internal static class ExitCode
{
    /// <summary>Done, and the answer is good.</summary>
    public const int Good = 0;

    /// <summary>Done, and the answer is bad news: a venue that is sunk, a proof that does not hold, a journal that was changed.</summary>
    public const int BadNews = 1;

    /// <summary>What was given cannot be used; one line on the error stream says where and why, and nothing was changed.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by the one who started it.</summary>
    public const int Stopped = 130;
}

/// <summary>The whole command line: its verbs, and how faults become one line and an exit code.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    /// <summary>Runs one command line.</summary>
    /// <param name="args">What was typed after the program's name.</param>
    /// <param name="output">Where answers go.</param>
    /// <param name="error">Where progress and faults go.</param>
    /// <param name="stop">Stops the work; Ctrl-C does so as well.</param>
    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error, CancellationToken stop = default)
    {
        ParseResult parsed = Root(new Screen(output, error)).Parse(args.Length == 0 ? ["--help"] : args);
        // Help is help, whatever else is missing.
        if (parsed.Action is ParseErrorAction) return Refuse(error, $"{Fault(parsed)} (see plimsoll {string.Join(' ', VerbOf(parsed))}--help)", ExitCode.BadInput);

        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = StopPatience,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, stop).ConfigureAwait(false);
        }
        catch (InputException fault)
        {
            return Refuse(error, fault.Message, ExitCode.BadInput);
        }
        catch (OperationCanceledException)
        {
            return Refuse(error, "stopped", ExitCode.Stopped);
        }
        catch (Exception fault) when (fault is LawBrokenException or EngineHaltedException or JournalFailedException)
        {
            return Refuse(error, fault.Message, ExitCode.BadNews);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Refuse(error, fault.Message, ExitCode.BadInput);
        }
    }

    private static RootCommand Root(Screen screen)
    {
        var root = new RootCommand("Plimsoll draws the load line of a venue that holds other people's crypto.")
        {
            DemoVerb.Build(screen),
            ServeVerb.Build(screen),
            MarginVerb.Build(screen),
            WhatIfVerb.Build(screen),
            LiqPriceVerb.Build(screen),
            ThresholdsVerb.Build(screen),
            LiquidateVerb.Build(screen),
            PostVerb.Build(screen),
            ListCheckVerb.Build(screen),
            PriceVerb.Build(screen),
            GreeksVerb.Build(screen),
            ExposureVerb.Build(screen),
            HedgeVerb.Build(screen),
            SurfaceVerb.Build(screen),
            VolVerb.Build(screen),
            DepthVerb.Build(screen),
            CalibrateVerb.Build(screen),
            BreakersVerb.Build(screen),
            PoolVerb.Build(screen),
            LimitsVerb.Build(screen),
            AdlVerb.Build(screen),
            FundVerb.Build(screen),
            OracleVerb.Build(screen),
            ParamsVerb.Build(screen),
            CollateralVerb.Build(screen),
            StressVerb.Build(screen),
            IncidentsVerb.Build(screen),
            ReplayVerb.Build(screen),
            VerifyVerb.Build(screen),
            ImportVerb.Build(screen),
        };
        Verb.ShowExamples(root);

        return root;
    }

    /// <summary>The verb and the verb of it, each with a place behind it.</summary>
    private static IEnumerable<string> VerbOf(ParseResult parsed)
    {
        var names = new List<string> { "" };
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: not RootCommand } verb; at = at.Parent) names.Insert(0, verb.Command.Name);

        return names.Count > 1 ? names : [];
    }

    private static int Refuse(TextWriter error, string line, int code)
    {
        error.WriteLine($"plimsoll: {line.ReplaceLineEndings(" ")}");

        return code;
    }

    private static string Fault(ParseResult parsed) => parsed.UnmatchedTokens.Count > 0 && parsed.CommandResult.Command is RootCommand
        ? $"'{parsed.UnmatchedTokens[0]}' is no verb, expected {string.Join(", ", parsed.RootCommandResult.Command.Subcommands.Select(verb => verb.Name))}"
        : parsed.Errors[0].Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
