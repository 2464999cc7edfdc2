using Plimsoll.Markets.Instruments;
using Plimsoll.Numerics;
using Plimsoll.Risk.WhatIf;
using Plimsoll.Units;

namespace Plimsoll.Risk.Efficiency;

/// <summary>A tangent of an account's health in the coins offered: health there, and its slope in each coin.</summary>
/// <param name="At">Coins of each offer.</param>
/// <param name="Health">Health there, in the numeraire.</param>
/// <param name="Slopes">Health per coin.</param>
internal sealed record Tangent(double[] At, double Health, double[] Slopes);

/// <summary>An account's health as a function of the coins offered, with its slopes, all asked of the judge.</summary>
internal sealed class HealthSlopes
{
    /// <summary>A point is moved aside by about this part before its slopes are taken: exactly on a bend they would be those of several pieces.</summary>
    private const double Aside = 1e-6;

    private const double Step = 1e-9;

    private readonly PostingProblem problem;
    private readonly WhatIfDesk desk;
    private readonly double[] sizes;
    private readonly double[] prices;
    private SeededStream chance = new(1960);

    public HealthSlopes(PostingProblem problem, WhatIfDesk desk, Catalog catalog)
    {
        (this.problem, this.desk) = (problem, desk);
        prices = [.. problem.Offers.Select(offer => desk.PriceOf(offer.Asset))];
        sizes = [.. problem.Accounts.Select(account => desk.Verdict(account.Book, null) is var verdict
            ? 1 + Math.Abs(verdict.Equity) + verdict.InitialRequirement + Math.Abs(problem.Need) + verdict.Notional
            : 1)];
    }

    /// <summary>About how much money an account is about.</summary>
    public double Size(int account) => sizes[account];

    /// <summary>By how little health may fall short before coins are made whole.</summary>
    public double Slack(int account) => 1e-8 * sizes[account];

    /// <summary>What a unit of health costs in one coin, with the coin's own price as a tie-break.</summary>
    public double PricePer(int offer, Tangent tangent) => prices[offer] * (problem.Offers[offer].CostPerYear + 1e-6) / tangent.Slopes[offer];

    /// <summary>Health at the line asked for, with so many coins of each offer added.</summary>
    public double HealthAt(int account, ReadOnlySpan<double> coins)
    {
        WhatIfBook book = problem.Accounts[account].Book;
        for (int a = 0; a < coins.Length; a++) book = book.WithCoins(problem.Offers[a].Asset, coins[a]);

        return desk.Verdict(book, null).Health(problem.Line);
    }

    /// <summary>The tangent near a point.</summary>
    public Tangent TangentAt(int account, ReadOnlySpan<double> coins)
    {
        double[] at = coins.ToArray(), slopes = new double[coins.Length];
        for (int a = 0; a < at.Length; a++) at[a] += Aside * sizes[account] * (0.5 + chance.NextDouble()) / prices[a];
        double health = HealthAt(account, at);
        for (int a = 0; a < at.Length; a++)
        {
            double kept = at[a];
            at[a] = kept + (Step * sizes[account] / prices[a]);
            double step = at[a] - kept;
            slopes[a] = step > 0 ? (HealthAt(account, at) - health) / step : 0;
            at[a] = kept;
        }

        return new Tangent(at, health, slopes);
    }
}
