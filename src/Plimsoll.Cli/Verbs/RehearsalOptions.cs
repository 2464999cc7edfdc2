using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Plimsoll.Cli.Terminal;
using Plimsoll.Simulation.Cascades;
using Plimsoll.Units;

namespace Plimsoll.Cli.Verbs;

/// <summary>What is asked of a rehearsal.</summary>
/// <param name="Ask">The shock.</param>
/// <param name="Accounts">Accounts of the sample venue; none for as many as its file says.</param>
/// <param name="Guards">Whether it is lived once more without each guard.</param>
internal sealed record RehearsalAsked(RehearsalAsk Ask, int? Accounts, bool Guards);

/// <summary>The options of a rehearsal.</summary>
internal sealed class RehearsalOptions
{
    private readonly Option<(string Name, string Value)[]> _prices = Asked.Pairs("--price", "ASSET=PERCENT", "A price that moves, such as BTC=-30%; what follows it moves along. May be repeated.");
    private readonly Option<int?> _ticks = Asked.Count("--ticks", 1, RehearsalAsk.MaxMinutes, "Steps a minute apart in which prices move; 1 without it.");
    private readonly Option<int?> _minutes = Asked.Count("--minutes", 0, RehearsalAsk.MaxMinutes, "Minutes that pass afterwards; 60 without it.");
    private readonly Option<int?> _accounts = Asked.Count("--accounts", 50, 1_000_000, "Accounts of the sample venue.");
    private readonly Option<bool> _guards = new("--guards") { Description = "Once more with each guard of the rulebook switched off, bad debt side by side." };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_prices, _ticks, _minutes, _accounts, _guards]) verb.Options.Add(option);
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="InputException">A price cannot be read, or is named twice.</exception>
    public RehearsalAsked Read(ParseResult parsed)
    {
        var moves = new SortedDictionary<AssetId, double>();
        foreach ((string name, string value) in parsed.GetValue(_prices) ?? [])
        {
            if (!value.EndsWith('%') || !double.TryParse(value[..^1], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent))
                throw new InputException($"--price {name}", $"found '{value}', expected a percentage such as -30%");
            if (!moves.TryAdd(new AssetId(name), percent / 100)) throw new InputException($"--price {name}", "is named twice");
        }

        return new RehearsalAsked(
            new RehearsalAsk(moves.ToImmutableSortedDictionary(), parsed.GetValue(_ticks) ?? 1, parsed.GetValue(_minutes) ?? 60),
            parsed.GetValue(_accounts),
            parsed.GetValue(_guards));
    }
}
