using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;

namespace Plimsoll.Risk.Margin.Rulebooks.Derive;

/// <summary>
/// What short options ask for under standard margin; answers are signed like health, so that a requirement is negative.
/// Source: Derive v2-core, <c>StandardManager.sol</c>, "OptionMarginParams".
/// </summary>
/// <param name="MostSpot">Initial requirement at the money, per spot value: 0.15.</param>
/// <param name="LeastSpot">The least it falls to out of the money: 0.10.</param>
/// <param name="CallMaintenance">Maintenance of a call per spot value.</param>
/// <param name="PutMaintenance">Maintenance of a put per spot value.</param>
/// <param name="PutMaintenanceOfMark">Maintenance of a put per mark, where that is more.</param>
/// <param name="PutInitialOverMaintenance">The least a put's initial requirement is of its maintenance.</param>
/// <param name="UnpairedInitial">Initial loss of each uncovered call, per forward.</param>
/// <param name="UnpairedMaintenance">Maintenance loss of each uncovered call, per forward.</param>
public sealed record ShortOptionRequirement(
    double MostSpot,
    double LeastSpot,
    double CallMaintenance,
    double PutMaintenance,
    double PutMaintenanceOfMark,
    double PutInitialOverMaintenance,
    double UnpairedInitial,
    double UnpairedMaintenance)
{
    /// <summary>A short option by itself, its worth included.</summary>
    /// <param name="option">The short option.</param>
    /// <param name="spot">Price of the underlying.</param>
    /// <param name="mark">Mark price of one coin of it.</param>
    public (double Maintenance, double Initial) Isolated(OptionPosition option, double spot, double mark)
    {
        double worth = option.Size * mark;
        double exposed = option.Size * spot;
        bool call = option.Side == OptionSide.Call;
        double outside = Math.Max((call ? option.Strike - spot : spot - option.Strike) / spot, 0);
        double initial = (Math.Max(MostSpot - outside, LeastSpot) * exposed) + worth;
        if (call) return (worth + (CallMaintenance * exposed), initial);

        double maintenance = Math.Min(PutMaintenance * exposed, PutMaintenanceOfMark * worth) + worth;

        return (maintenance, Math.Min(initial, maintenance * PutInitialOverMaintenance));
    }

    /// <summary>
    /// The greatest loss at expiry, found at a price of 0 or at a strike; what calls lose without end above the last strike is
    /// asked for per uncovered call.
    /// </summary>
    /// <param name="options">The options of one expiry.</param>
    /// <param name="forward">Its forward.</param>
    public (double Maintenance, double Initial) GreatestLoss(ImmutableArray<OptionPosition> options, double forward)
    {
        double loss = Math.Min(Payoff(options, 0), 0);
        foreach (OptionPosition option in options) loss = Math.Min(loss, Payoff(options, option.Strike));
        double uncovered = Math.Min(options.Where(o => o.Side == OptionSide.Call).Sum(o => o.Size), 0) * forward;

        return (loss + (UnpairedMaintenance * uncovered), loss + (UnpairedInitial * uncovered));
    }

    private static double Payoff(ImmutableArray<OptionPosition> options, double price) =>
        options.Sum(o => o.Size * Math.Max(o.Side == OptionSide.Call ? price - o.Strike : o.Strike - price, 0));
}
