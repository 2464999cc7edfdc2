using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.WhatIf;
using Plimsoll.Units;

namespace Plimsoll.Risk.Efficiency;

/// <summary>Coins put into or taken out of one account, with names.</summary>
public sealed record PostingMoveReport(string Account, string Asset, bool Into, string Amount, double Value);

/// <summary>Coins from the owner, − back to him, with names.</summary>
public sealed record PostedReport(string Asset, string Amount, double Value, double CostPerYear);

/// <summary>Where a plan leaves one account.</summary>
/// <param name="Account">Which.</param>
/// <param name="Before">Health at the line before.</param>
/// <param name="After">The judge's health afterwards.</param>
/// <param name="Short">What is missing of the health wanted.</param>
/// <param name="Free">What may then be taken out at the initial line, each asset on its own.</param>
public sealed record PostingAccountReport(string Account, double Before, double After, double Short, IReadOnlyList<FreeLine> Free);

/// <summary>A plan with names, as JSON has it; money in the numeraire.</summary>
public sealed record PostingReport(
    bool IsReached, double CostPerYear, IReadOnlyList<PostingMoveReport> Moves, IReadOnlyList<PostedReport> Posted, IReadOnlyList<PostingAccountReport> Accounts)
{
    /// <summary>Names a plan.</summary>
    public static PostingReport Of(PostingProblem problem, PostingPlan plan, WhatIfDesk desk, Catalog catalog)
    {
        string Name(AssetIndex asset) => catalog[asset].Id.Value;
        AssetScale Scale(AssetIndex asset) => catalog[asset].Scale;

        return new PostingReport(
            plan.IsReached,
            plan.CostPerYear,
            [.. plan.Moves.Select(m => new PostingMoveReport(
                problem.Accounts[m.Account].Name, Name(m.Asset), m.Amount.Sign > 0, Scale(m.Asset).Format(m.Amount.Sign > 0 ? m.Amount : -m.Amount), Math.Abs(Scale(m.Asset).ToModel(m.Amount)) * desk.PriceOf(m.Asset)))],
            [.. plan.Posted.Select(p => new PostedReport(Name(p.Asset), Scale(p.Asset).Format(p.Amount), p.Value, p.CostPerYear))],
            [.. problem.Accounts.Select((account, i) => new PostingAccountReport(
                account.Name, plan.Before[i].Health(problem.Line), plan.After[i].Health(problem.Line), plan.Short[i], FreeOf(problem, plan, desk, catalog, i)))]);
    }

    private static IReadOnlyList<FreeLine> FreeOf(PostingProblem problem, PostingPlan plan, WhatIfDesk desk, Catalog catalog, int account)
    {
        WhatIfBook book = problem.Accounts[account].Book;
        foreach (PostingMove move in plan.Moves.Where(m => m.Account == account)) book = book.WithCoins(move.Asset, catalog[move.Asset].Scale.ToModel(move.Amount));

        return EfficiencyReport.Of(problem.Accounts[account].Name, book, desk, catalog).Free;
    }
}
