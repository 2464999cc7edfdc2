using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Shadow;

/// <summary>Everybody's books at one moment, to be judged by sets of parameters that are not in force.</summary>
/// <param name="Catalog">What is listed.</param>
/// <param name="Market">What it is worth.</param>
/// <param name="Positions">Accounts × instruments.</param>
/// <param name="Money">Accounts × assets.</param>
public sealed record ShadowBook(Catalog Catalog, MarketState Market, SparseRows Positions, SparseRows Money)
{
    /// <summary>What a rulebook must know of accounts beside what they hold; none where there is nothing.</summary>
    public Func<MarginModel, AccountTerms>? TermsBy { get; init; }

    /// <summary>How crowded the venue is by a set, and prices of the same moment: a set may ask for haircuts that follow the market otherwise. None for a venue that is not crowded.</summary>
    public Func<RiskParameters, (VenueSizes Sizes, double[] Prices)>? CrowdBy { get; init; }

    /// <summary>An account that is never called nor liquidated, the liquidity provider; none for none.</summary>
    public AccountIndex? Never { get; init; }

    /// <summary>Threads that judge; any number gives the same report.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>What a set would do to everybody, against the one in force.</summary>
    /// <param name="inForce">The set in force.</param>
    /// <param name="proposed">The other set.</param>
    /// <param name="shift">What the market does first; under both sets.</param>
    /// <param name="most">The most accounts to list, those most harmed.</param>
    /// <exception cref="InputException">A set breaks a law, or the shift is of another list.</exception>
    public ShadowReport Run(RiskParameters inForce, RiskParameters proposed, MarketShift? shift = null, int most = int.MaxValue)
    {
        MarketState market = shift is null ? Market : ShiftedMarket.Of(Catalog, Market, shift);

        return ShadowRun.Compare(
            Judged(inForce, market), Judged(proposed, market), (double)inForce.CallAt, (double)proposed.CallAt, Never, most);
    }

    /// <summary>Everybody's verdicts under a set, at the book's own prices.</summary>
    /// <exception cref="InputException">The set breaks a law.</exception>
    public Verdict[] Judged(RiskParameters parameters) => Judged(parameters, Market);

    private Verdict[] Judged(RiskParameters parameters, MarketState market)
    {
        (VenueSizes sizes, double[] prices) = CrowdBy?.Invoke(parameters) ?? (VenueSizes.None, []);
        MarginModel model = new MarginModel(Catalog, parameters).With(sizes, prices);
        var responses = new ResponseSet(model);
        responses.Rebuild(market);
        var verdicts = new Verdict[Positions.Rows];
        Judge.All(Positions, Money, responses, model, verdicts, Threads, terms: TermsBy?.Invoke(model));

        return verdicts;
    }
}
