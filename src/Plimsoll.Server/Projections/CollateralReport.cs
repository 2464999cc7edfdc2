using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>What secures the venue: how much of each asset customers have pledged, and how much of it counts. Money in the numeraire.</summary>
/// <param name="At">The venue's time of the copy it was worked out from, ISO 8601.</param>
/// <param name="Sequence">The journal entry it stands at.</param>
/// <param name="Assets">Every listed asset, in the order of listing.</param>
/// <param name="Caps">The uses of caps nearest to their cap, fullest first, at most <see cref="MostCaps"/>; none where the rulebook sets no cap.</param>
/// <param name="Loans">Assets that are lent, or that the rulebook has terms of lending for, in the order of listing.</param>
/// <param name="Correlation">How underlyings moved together.</param>
internal sealed record CollateralReport(
    string At,
    long Sequence,
    IReadOnlyList<PledgedAsset> Assets,
    IReadOnlyList<CapUse> Caps,
    IReadOnlyList<LoanFigures> Loans,
    CorrelationFigures Correlation)
{
    /// <summary>The most uses of caps that are told.</summary>
    public const int MostCaps = 40;

    /// <summary>The report on a copy of the book; none before risk parameters are set.</summary>
    /// <param name="books">The copy.</param>
    /// <param name="model">The rulebook as it judges now, haircuts that follow the market included.</param>
    /// <param name="volatilities">By asset: the volatility of a day haircuts were last reckoned with; 0 where none follows the market.</param>
    /// <param name="loans">What is lent.</param>
    /// <param name="correlation">How underlyings moved together.</param>
    public static CollateralReport Of(BooksCopy books, MarginModel model, double[] volatilities, IReadOnlyList<LoanFigures> loans, CorrelationFigures correlation)
    {
        var sums = new PledgedSums(books, model, volatilities);
        double[] net = new double[model.AssetCount];
        for (int account = 0; account < books.Carries.Length; account++)
        {
            if (books.Carries[account].Account == AccountColumns.Provider) continue;

            books.TakeNet(account, net);
            sums.Add(account, net);
            Array.Clear(net);
        }

        return new CollateralReport(books.Now.ToString(), books.Sequence, sums.Assets(), [.. sums.Caps().Take(MostCaps)], loans, correlation);
    }
}

/// <summary>One asset as collateral, all customers together; the liquidity provider is left out.</summary>
/// <param name="Asset">Its name.</param>
/// <param name="Class">What kind of thing it is.</param>
/// <param name="Follows">The asset it is a claim on.</param>
/// <param name="Kind">What it is as collateral: <c>native</c>, <c>wrapped</c>, <c>bridged</c>, <c>liquid-staked</c>, <c>pool-share</c>, <c>exchange-token</c> or <c>stablecoin</c>; none where the schedule does not name it.</param>
/// <param name="Issuer">Who promises it.</param>
/// <param name="Price">Its price.</param>
/// <param name="Tiers">Its schedule: the haircut on the part of one owner's value from each tier on; none where the rulebook counts none of it.</param>
/// <param name="DynamicHaircut">The least haircut the market asks for now; none where none follows it.</param>
/// <param name="DailyVolatility">The volatility of a day which that was last reckoned with, before the rulebook's own floors; none where none follows the market.</param>
/// <param name="Verdict">Whether it counts, and why.</param>
/// <param name="Accounts">How many customers have some.</param>
/// <param name="Coins">What they have together, net of each one's own debts, the worth of positions that settle in it included.</param>
/// <param name="Value">The same in the numeraire.</param>
/// <param name="Counted">What of it counts by its own tiers, account by account; what issuers' and owners' caps take off beyond that is not in it.</param>
/// <param name="Haircut">1 − counted ÷ value; none where nothing is held.</param>
/// <param name="Owed">Coins that customers owe net.</param>
/// <param name="OwedValue">The same in the numeraire.</param>
/// <param name="Largest">The largest holder.</param>
internal sealed record PledgedAsset(
    string Asset,
    string Class,
    string? Follows,
    string? Kind,
    string? Issuer,
    double? Price,
    IReadOnlyList<TierFigures> Tiers,
    double? DynamicHaircut,
    double? DailyVolatility,
    EligibilityFigures Verdict,
    int Accounts,
    double Coins,
    double Value,
    double Counted,
    double? Haircut,
    double Owed,
    double OwedValue,
    LargestHolder? Largest);

/// <summary>A tier of the schedule.</summary>
/// <param name="From">Value of one owner's holding from which it applies.</param>
/// <param name="Haircut">The part refused of what lies above.</param>
internal sealed record TierFigures(double From, double Haircut);

/// <summary>Who has most of an asset, and its value.</summary>
internal sealed record LargestHolder(string Account, double Value);

/// <summary>Whether an asset counts.</summary>
/// <param name="Eligibility"><c>eligible</c>, <c>limited</c> or <c>refused</c>.</param>
/// <param name="Score">The standard's score of its worst mark, 0 to 100; none where there is no standard.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record EligibilityFigures(string Eligibility, double? Score, string Reason)
{
    /// <summary>The verdict on an asset.</summary>
    /// <param name="terms">Its schedule; none where it is not named.</param>
    /// <param name="policy">What is asked beyond schedules.</param>
    /// <param name="hasPrice">Whether it has a price.</param>
    public static EligibilityFigures Of(CollateralTerms? terms, CollateralPolicy policy, bool hasPrice)
    {
        if (terms is null) return Refused("the rulebook does not name it");
        if (terms.Finality == Finality.Pending) return Refused("its deposits are not final yet");
        if (terms.Issuer is { } issuer && policy.Issuers.Any(line => line.IsHouse && line.Issuer == issuer)) return Refused("it is the venue's own promise");
        if (terms.Tiers.All(tier => tier.Haircut >= 1m)) return Refused("its haircut is whole");
        if (policy.Standard?.Judge(terms.Quality) is { } judged) return new EligibilityFigures(judged.Eligibility.ToString().ToLowerInvariant(), judged.Score, judged.Reason);
        if (!hasPrice) return Refused("it has no price yet");

        return new EligibilityFigures("eligible", null, "counts by its schedule");
    }

    private static EligibilityFigures Refused(string reason) => new("refused", null, reason);
}

/// <summary>How full a cap is.</summary>
/// <param name="Scope">Whose holding it bounds: <c>account</c>, <c>owner</c>, <c>issuer</c> (one owner's assets of one issuer), <c>venue</c> or <c>issuer-venue</c> (in all customers' hands).</param>
/// <param name="Of">The account or owner; none for the venue.</param>
/// <param name="Subject">The asset, or the issuer.</param>
/// <param name="Used">Value held.</param>
/// <param name="Cap">Value above which nothing counts.</param>
/// <param name="Utilisation">Used ÷ cap; above 1 the rest counts nothing.</param>
internal sealed record CapUse(string Scope, string? Of, string Subject, double Used, double Cap, double Utilisation);
