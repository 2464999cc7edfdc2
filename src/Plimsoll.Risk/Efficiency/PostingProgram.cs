using Plimsoll.Markets.Instruments;
using Plimsoll.Numerics;
using Plimsoll.Risk.WhatIf;
using Plimsoll.Units;

namespace Plimsoll.Risk.Efficiency;

/// <summary>
/// The linear programme over the tangents known so far, everything in the numeraire. Variables: for each account and asset
/// what is put in and what is taken out; for each asset what the owner posts and what he gets back; for each account what
/// is still missing, so dear that it is only ever what cannot be had.
/// </summary>
internal sealed class PostingProgram(PostingProblem problem, WhatIfDesk desk, Catalog catalog)
{
    private const double Friction = 1e-6;
    private const double Missing = 1e4;
    private const double Plenty = 1e13;

    private readonly int accounts = problem.Accounts.Count;
    private readonly int offers = problem.Offers.Count;
    private readonly double[] prices = [.. problem.Offers.Select(offer => desk.PriceOf(offer.Asset))];
    private readonly List<(int Account, Tangent Tangent)> tangents = [];

    /// <summary>Holds the next answers to one tangent more.</summary>
    public void AddTangent(int account, Tangent tangent) => tangents.Add((account, tangent));

    /// <summary>Coins by account and offer that are cheapest by all tangents; what was given where no answer was found.</summary>
    public double[] Solve(double[] last)
    {
        int moves = accounts * offers, posted = 2 * moves, missing = posted + (2 * offers);
        var program = new ConvexProgram(missing + accounts, offers + tangents.Count);
        for (int a = 0; a < offers; a++)
        {
            PostingOffer offer = problem.Offers[a];
            for (int i = 0; i < accounts; i++)
            {
                int j = (i * offers) + a;
                (program.Linear[j], program.Linear[moves + j]) = (Friction, Friction);
                program.Upper[j] = Plenty;
                program.Upper[moves + j] = problem.MayMove || problem.MayRelease ? Math.Max(0, desk.NetCoins(problem.Accounts[i].Book, offer.Asset)) * prices[a] : 0;
                (program[a, j], program[a, moves + j]) = (1, -1);
            }

            program.Linear[posted + a] = offer.CostPerYear + Friction;
            program.Upper[posted + a] = offer.Available is { } available ? catalog[offer.Asset].Scale.ToModel(available) * prices[a] : Plenty;
            program.Linear[posted + offers + a] = -offer.CostPerYear;
            program.Upper[posted + offers + a] = problem.MayRelease ? Plenty : 0;
            (program[a, posted + a], program[a, posted + offers + a]) = (-1, 1);
            // What is taken out without being posted elsewhere is a release.
            (program.RowLower[a], program.RowUpper[a]) = (0, 0);
        }

        for (int i = 0; i < accounts; i++) (program.Linear[missing + i], program.Upper[missing + i]) = (Missing, double.PositiveInfinity);
        for (int t = 0; t < tangents.Count; t++) AddRow(program, offers + t, missing, moves, tangents[t].Account, tangents[t].Tangent);

        ProgramAnswer answer = program.Solve();
        if (answer.Status is not (ProgramStatus.Solved or ProgramStatus.LimitReached)) return last;

        return [.. Enumerable.Range(0, moves).Select(j => (answer.Point[j] - answer.Point[moves + j]) / prices[j % offers])];
    }

    private void AddRow(ConvexProgram program, int row, int missing, int moves, int account, Tangent tangent)
    {
        double there = 0;
        for (int a = 0; a < offers; a++)
        {
            double slope = tangent.Slopes[a] / prices[a];
            int j = (account * offers) + a;
            (program[row, j], program[row, moves + j]) = (slope, -slope);
            there += tangent.Slopes[a] * tangent.At[a];
        }

        program[row, missing + account] = 1;
        program.RowLower[row] = problem.Need - tangent.Health + there;
    }
}
