using Plimsoll.Markets.Instruments;
using Plimsoll.Numerics;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.WhatIf;
using Plimsoll.Units;

namespace Plimsoll.Risk.Efficiency;

/// <summary>
/// The cheapest collateral to post and its best split over an owner's accounts.
/// </summary>
/// <remarks>
/// <para>Health is concave in the coins of an account: what counts bends down at every tier and cap, and a requirement is a
/// worst of many. So it lies below each of its tangents, and a linear programme over tangents (Kelley, "The cutting-plane
/// method for solving convex programs", 1960) finds the cheapest coins without knowing anything of the rulebook:</para>
/// <para>(1) the judge is asked for the health of every account and its slope in every coin offered; (2) the cheapest coins
/// are found that reach the health wanted by all tangents known; (3) the judge is asked there; what falls short adds a
/// tangent, and so on until none does. (4) Coins become whole units, rounded against the owner, and what rounding left
/// short is topped up. (5) The answer carries the judge's own verdicts.</para>
/// <para>Where a rulebook is not concave, the answer may not be the cheapest; it still is what the judge accepts.</para>
/// </remarks>
public static class PostingPlanner
{
    private const int MostRounds = 60;
    private const int MostRepairs = 40;

    /// <summary>Solves a problem.</summary>
    /// <exception cref="InputException">An asset is offered twice, has no price, or a number lies outside its range.</exception>
    public static PostingPlan Solve(PostingProblem problem, WhatIfDesk desk, Catalog catalog)
    {
        Check(problem, desk, catalog);
        int accounts = problem.Accounts.Count, offers = problem.Offers.Count;
        var program = new PostingProgram(problem, desk, catalog);
        var slopes = new HealthSlopes(problem, desk, catalog);
        double[] coins = new double[accounts * offers];
        for (int round = 0; round < MostRounds; round++)
        {
            bool good = true;
            for (int i = 0; i < accounts; i++)
            {
                ReadOnlySpan<double> own = coins.AsSpan(i * offers, offers);
                double health = slopes.HealthAt(i, own);
                // The first round needs every account's tangent: who is well may give.
                if (round > 0 && health >= problem.Need - slopes.Slack(i)) continue;
                good &= health >= problem.Need && !problem.MayRelease;
                program.AddTangent(i, slopes.TangentAt(i, own));
            }

            if (good) break;
            double[] next = program.Solve(coins);
            // What cannot be had is asked for once.
            if (round > 0 && next.AsSpan().SequenceEqual(coins)) break;
            coins = next;
        }

        return Whole(problem, slopes, desk, catalog, coins);
    }

    /// <summary>Steps 4 and 5.</summary>
    private static PostingPlan Whole(PostingProblem problem, HealthSlopes slopes, WhatIfDesk desk, Catalog catalog, double[] coins)
    {
        int offers = problem.Offers.Count;
        Amount[] moves = [.. coins.Select((wanted, j) => catalog[problem.Offers[j % offers].Asset].Scale.FromModel(wanted, Rounding.ForTheAccount))];
        Tidy(problem, desk, catalog, moves);
        for (int i = 0; i < problem.Accounts.Count; i++)
        {
            for (int repair = 0; repair < MostRepairs && TopUp(problem, slopes, catalog, moves, i); repair++)
            {
            }
        }

        return Answer(problem, desk, catalog, moves);
    }

    /// <summary>Moves worth less than a cent are the programme's rounding, and no more is posted than there is.</summary>
    private static void Tidy(PostingProblem problem, WhatIfDesk desk, Catalog catalog, Amount[] moves)
    {
        int offers = problem.Offers.Count;
        for (int j = 0; j < moves.Length; j++)
        {
            PostingOffer offer = problem.Offers[j % offers];
            double worth = Math.Abs(catalog[offer.Asset].Scale.ToModel(moves[j])) * desk.PriceOf(offer.Asset);
            if (worth < 0.01) moves[j] = Amount.Zero;
        }

        for (int a = 0; a < offers; a++)
        {
            if (problem.Offers[a].Available is not { } available) continue;
            Amount over = Posted(moves, offers, a) - available;
            for (int i = 0; over.Sign > 0 && i < problem.Accounts.Count; i++)
            {
                Amount less = Amount.Min(over, Amount.Max(moves[(i * offers) + a], Amount.Zero));
                (moves[(i * offers) + a], over) = (moves[(i * offers) + a] - less, over - less);
            }
        }
    }

    /// <summary>Adds coins to an account that rounding left short, of the asset that already serves it best; false where nothing is missing or to be had.</summary>
    private static bool TopUp(PostingProblem problem, HealthSlopes slopes, Catalog catalog, Amount[] moves, int account)
    {
        int offers = problem.Offers.Count;
        double[] own = [.. Enumerable.Range(0, offers).Select(a => catalog[problem.Offers[a].Asset].Scale.ToModel(moves[(account * offers) + a]))];
        double missing = problem.Need - slopes.HealthAt(account, own);
        if (missing <= 0 || missing > 1 + (1e-5 * slopes.Size(account))) return false;

        Tangent tangent = slopes.TangentAt(account, own);
        int best = -1;
        for (int a = 0; a < offers; a++)
        {
            bool there = problem.Offers[a].Available is not { } available || Posted(moves, offers, a) < available;
            if (!there || !(tangent.Slopes[a] > 0)) continue;
            if (best < 0 || slopes.PricePer(a, tangent) < slopes.PricePer(best, tangent)) best = a;
        }

        if (best < 0) return false;
        AssetScale scale = catalog[problem.Offers[best].Asset].Scale;
        Amount more = scale.FromModel(missing / tangent.Slopes[best] * (1 + 1e-9), Rounding.ForTheAccount) + new Amount(1);
        if (problem.Offers[best].Available is { } limit) more = Amount.Min(more, limit - Posted(moves, offers, best));
        moves[(account * offers) + best] += more;

        return more.Sign > 0;
    }

    private static Amount Posted(Amount[] moves, int offers, int asset)
    {
        Amount sum = Amount.Zero;
        for (int j = asset; j < moves.Length; j += offers) sum += moves[j];

        return sum;
    }

    private static PostingPlan Answer(PostingProblem problem, WhatIfDesk desk, Catalog catalog, Amount[] moves)
    {
        int offers = problem.Offers.Count;
        var steps = new List<PostingMove>();
        var posted = new List<PostedCoins>();
        WhatIfBook[] books = [.. problem.Accounts.Select(account => account.Book)];
        for (int a = 0; a < offers; a++)
        {
            PostingOffer offer = problem.Offers[a];
            AssetScale scale = catalog[offer.Asset].Scale;
            for (int i = 0; i < books.Length; i++)
            {
                Amount move = moves[(i * offers) + a];
                if (move.IsZero) continue;
                steps.Add(new PostingMove(i, offer.Asset, move));
                books[i] = books[i].WithCoins(offer.Asset, scale.ToModel(move));
            }

            Amount sum = Posted(moves, offers, a);
            double value = scale.ToModel(sum) * desk.PriceOf(offer.Asset);
            if (!sum.IsZero) posted.Add(new PostedCoins(offer.Asset, sum, value, value * offer.CostPerYear));
        }

        Verdict[] after = [.. books.Select(book => desk.Verdict(book, null))];

        return new PostingPlan(
            steps,
            posted,
            [.. problem.Accounts.Select(account => desk.Verdict(account.Book, null))],
            after,
            [.. after.Select(verdict => Math.Max(0, problem.Need - verdict.Health(problem.Line)))]);
    }

    private static void Check(PostingProblem problem, WhatIfDesk desk, Catalog catalog)
    {
        if (problem.Accounts.Count is 0 or > PostingProblem.MaxAccounts) throw new InputException("accounts", $"expected 1 to {PostingProblem.MaxAccounts}");
        if (problem.Offers.Count is 0 or > PostingProblem.MaxOffers) throw new InputException("offers", $"expected 1 to {PostingProblem.MaxOffers} assets");
        if (!double.IsFinite(problem.Need) || Math.Abs(problem.Need) > 1e15) throw new InputException("need", $"found {problem.Need}, expected a number");
        if (problem.Offers.Select(offer => offer.Asset).Distinct().Count() != problem.Offers.Count) throw new InputException("offers", "an asset is offered twice");
        foreach (PostingOffer offer in problem.Offers)
        {
            string name = catalog[offer.Asset].Id.Value;
            if (!(desk.PriceOf(offer.Asset) > 0)) throw new InputException($"offer {name}", "has no price yet");
            if (!(offer.CostPerYear is >= 0 and <= 100)) throw new InputException($"cost {name}", $"found {offer.CostPerYear}, expected 0 to 100 per year");
            if (offer.Available is { Sign: < 0 }) throw new InputException($"offer {name}", "expected an amount of 0 or more");
        }
    }
}
