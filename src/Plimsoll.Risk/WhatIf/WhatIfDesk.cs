using System.Collections.Immutable;
using Plimsoll.Markets.Prices;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.WhatIf;

/// <summary>
/// What would become of an account if it traded, moved collateral, or the market stood elsewhere: the same judgement over
/// a copy. Nothing of the venue is touched.
/// </summary>
/// <remarks>
/// (1) The account's changes happen in the order given, at today's market. (2) Then the market moves. (3) The account is
/// judged and explained before and after by the code that judges everybody. What-if of nothing is what is, to the last bit.
/// </remarks>
public sealed class WhatIfDesk
{
    private readonly MarketState market;
    private readonly MarginModel model;
    private readonly ResponseSet responses;

    /// <summary>A desk over one market and rulebook.</summary>
    /// <param name="market">Today's market.</param>
    /// <param name="model">The rulebook.</param>
    /// <param name="responses">The market's rows, built from that market; they are read and never rebuilt.</param>
    public WhatIfDesk(MarketState market, MarginModel model, ResponseSet responses) => (this.market, this.model, this.responses) = (market, model, responses);

    /// <summary>A desk that builds the market's rows itself.</summary>
    public WhatIfDesk(MarketState market, MarginModel model)
        : this(market, model, new ResponseSet(model)) => responses.Rebuild(market);

    /// <summary>Today's price of an asset; 0 before the first.</summary>
    public double PriceOf(AssetIndex asset) => market.PriceOf(asset);

    /// <summary>What an account has net of an asset today: its coins, and what its positions settling in it are worth.</summary>
    public double NetCoins(WhatIfBook book, AssetIndex asset)
    {
        double net = book.CoinsOf(asset);
        for (int p = 0; p < book.Instruments.Length; p++)
        {
            int instrument = book.Instruments[p];
            if (responses.Settlements[instrument] == asset.Value) net += book.Quantities[p] * responses.UnitValues[instrument];
        }

        return net;
    }

    /// <summary>The assets an account has coins of or settles positions in, ascending.</summary>
    public IReadOnlyList<AssetIndex> AssetsOf(WhatIfBook book)
    {
        var assets = new SortedSet<AssetIndex>();
        foreach (int asset in book.Assets) assets.Add(new AssetIndex(asset));
        foreach (int instrument in book.Instruments) assets.Add(new AssetIndex(responses.Settlements[instrument]));

        return [.. assets];
    }

    /// <summary>Answers for one account.</summary>
    /// <param name="book">The account as it stands.</param>
    /// <param name="changes">What might happen to it, in order.</param>
    /// <param name="shift">Where the market might stand; none where it stands.</param>
    /// <exception cref="InputException">A change cannot happen.</exception>
    /// <exception cref="LawBrokenException">The account holds an instrument or asset the model does not know.</exception>
    public WhatIfAnswer Ask(WhatIfBook book, IReadOnlyList<BookChange> changes, MarketShift? shift = null)
    {
        book.MustBeKnownTo(model);
        WhatIfBook after = book;
        foreach (BookChange change in changes) after = change.Apply(after, market, model);

        return new WhatIfAnswer(Explain(book, null), Explain(after, shift), after);
    }

    /// <summary>Where each change, and then the market's move, would leave the account.</summary>
    /// <inheritdoc cref="Ask"/>
    public ImmutableArray<WhatIfStep> Steps(WhatIfBook book, IReadOnlyList<BookChange> changes, MarketShift? shift = null)
    {
        book.MustBeKnownTo(model);
        var steps = ImmutableArray.CreateBuilder<WhatIfStep>(changes.Count + 1);
        for (int c = 0; c < changes.Count; c++)
        {
            book = changes[c].Apply(book, market, model);
            steps.Add(new WhatIfStep(c, Verdict(book, null)));
        }

        if (shift is not null) steps.Add(new WhatIfStep(changes.Count, Verdict(book, shift)));

        return steps.ToImmutable();
    }

    /// <summary>The verdict on an account in a market.</summary>
    public Verdict Verdict(WhatIfBook book, MarketShift? shift) => shift is null
        ? Judge.Portfolio(book.Holdings, PricedColumns.Of(responses), model)
        : new ShiftedBook(book.Holdings, new PriceShift(shift), market, model).At(1);

    /// <summary>Where the price of each underlying the account hangs on takes it below each line.</summary>
    /// <param name="book">The account.</param>
    /// <param name="shift">Where the market stands; none where it stands today.</param>
    public ImmutableArray<PriceThresholds> Thresholds(WhatIfBook book, MarketShift? shift = null)
    {
        book.MustBeKnownTo(model);

        return [.. book.Underlyings(model.Catalog).Where(market.HasPrice).Select(underlying => LiquidationPrice.Thresholds(book, underlying, market, model, shift))];
    }

    private Explanation Explain(WhatIfBook book, MarketShift? shift) => shift is null
        ? Explanation.Of(book.Holdings, PricedColumns.Of(responses), model)
        : new ShiftedBook(book.Holdings, new PriceShift(shift), market, model).Explain();
}
