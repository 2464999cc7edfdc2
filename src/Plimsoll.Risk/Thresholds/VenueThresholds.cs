using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Thresholds;

/// <summary>
/// Draws the liquidation map of a venue: by the judge that liquidates, at every price of a grid.
/// </summary>
/// <remarks>
/// <para>(1) Everybody is judged today, and at both ends of the grid whoever holds something that moves. (2) Prices are
/// gone through outward from today's. Health of an account without options and pools is concave in the price: a minimum
/// of what scenarios and tiers say, each straight or bent downwards. So one that is healthy at the end is healthy on the
/// way there, and one that is not cannot sink before its last known health and that at the end are joined by a straight
/// line through zero: it is asked next at that price. (3) Accounts with options or pools are asked at every price until
/// they sink, and so is everybody where the rulebook ties assets together (issuers' caps, wrong-way positions, claims looked
/// through, pledges), because health need not be concave there. (4) Whoever was liquidated nearer to today's price stays
/// liquidated farther away. (5) What is liquidated is summed in blocks of accounts, and the blocks in order, so that the
/// number of threads cannot be seen in the sums.</para>
/// <para>An account stands at the first price of the grid at which it is below maintenance, so its true liquidation price
/// lies between that one and the one before. Only an account with options or pools can be missed, by sinking and
/// recovering between two prices of the grid.</para>
/// </remarks>
public sealed class VenueThresholds
{
    private const int Block = 16_384;

    private readonly SparseRows positions;
    private readonly SparseRows money;
    private readonly MarketState market;
    private readonly MarginModel model;
    private readonly AccountTerms? terms;
    private readonly int threads;

    /// <summary>A map over a venue's books, which must not change while it is drawn.</summary>
    /// <param name="positions">Accounts × instruments.</param>
    /// <param name="money">Accounts × assets.</param>
    /// <param name="market">Today's market.</param>
    /// <param name="model">The rulebook.</param>
    /// <param name="threads">How many threads may judge; changes the time, never the map.</param>
    /// <param name="terms">What must be known of accounts beside what they hold.</param>
    public VenueThresholds(SparseRows positions, SparseRows money, MarketState market, MarginModel model, int threads = 1, AccountTerms? terms = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        (this.positions, this.money, this.market, this.model, this.threads, this.terms) = (positions, money, market, model, threads, terms);
    }

    /// <summary>The map of one underlying.</summary>
    /// <param name="underlying">The asset whose price moves.</param>
    /// <param name="grid">The prices asked about.</param>
    /// <param name="leftOut">An account that is not counted, such as the liquidity provider; −1 for none.</param>
    /// <exception cref="InputException">The underlying has no price.</exception>
    public LiquidationMap Of(AssetIndex underlying, MapGrid grid, int leftOut = -1)
    {
        double price = market.PriceOf(underlying);
        if (!(price > 0)) throw new InputException(model.Catalog[underlying].Id.Value, "has no price yet");

        Judge.MustKnow(positions, money, model);
        var sides = new MapSides(positions, money, market, model, new PriceShift(model.Catalog, underlying, 1), grid);
        short[] down = new short[positions.Rows], up = new short[positions.Rows];
        int parts = Math.Clamp(Math.Min(threads, positions.Rows / Block), 1, threads);
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts }, part =>
        {
            int from = (int)((long)positions.Rows * part / parts), to = (int)((long)positions.Rows * (part + 1) / parts);
            new MapWalk(positions, money, market, model, terms, sides, underlying).Run(from, to, leftOut, grid, down, up);
        });

        return Sum(underlying, price, grid, sides, down, up);
    }

    /// <summary>Adds up who was liquidated at which step: block after block, whoever added it up.</summary>
    private LiquidationMap Sum(AssetIndex underlying, double price, MapGrid grid, MapSides sides, short[] down, short[] up)
    {
        int blocks = (positions.Rows + Block - 1) / Block;
        var sums = new (MapStep[] Sunk, MapStep[] Down, MapStep[] Up)[blocks];
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads }, block =>
        {
            (MapStep[] Sunk, MapStep[] Down, MapStep[] Up) sum = Empty(price, grid);
            for (int a = block * Block; a < Math.Min(positions.Rows, (block + 1) * Block); a++)
            {
                if (down[a] == MapWalk.Sunk)
                {
                    MapShare share = sides.Of(a, MapSides.Today);
                    ref MapStep today = ref sum.Sunk[share.Flow <= 0 ? 0 : 1];
                    today = share.AddTo(today);
                    continue;
                }

                if (down[a] > 0) sum.Down[down[a] - 1] = sides.Of(a, sides.Down(down[a] - 1)).AddTo(sum.Down[down[a] - 1]);
                if (up[a] > 0) sum.Up[up[a] - 1] = sides.Of(a, sides.Up(up[a] - 1)).AddTo(sum.Up[up[a] - 1]);
            }

            sums[block] = sum;
        });

        (MapStep[] Sunk, MapStep[] Down, MapStep[] Up) all = Empty(price, grid);
        foreach ((MapStep[] Sunk, MapStep[] Down, MapStep[] Up) sum in sums)
        {
            Add(all.Sunk, sum.Sunk);
            Add(all.Down, sum.Down);
            Add(all.Up, sum.Up);
        }

        return new LiquidationMap(underlying, price, all.Sunk[0], all.Sunk[1], all.Down, all.Up);
    }

    private static (MapStep[] Sunk, MapStep[] Down, MapStep[] Up) Empty(double price, MapGrid grid) => (
        [MapStep.At(1, price), MapStep.At(1, price)],
        [.. grid.Down.Select(ratio => MapStep.At(ratio, price))],
        [.. grid.Up.Select(ratio => MapStep.At(ratio, price))]);

    private static void Add(MapStep[] all, MapStep[] some)
    {
        for (int s = 0; s < all.Length; s++) all[s] = all[s].Plus(some[s]);
    }
}
