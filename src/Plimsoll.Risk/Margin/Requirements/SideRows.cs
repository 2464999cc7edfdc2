using Plimsoll.Pricing.Responses;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// Builds and keeps what <see cref="SideColumns"/> shows. Every question is a full revaluation of the contract: forward,
/// volatility and settlement price as the question has them, all else still.
/// </summary>
internal sealed class SideRows
{
    /// <summary>Half the relative move by which a delta is measured: wide enough for an option's last day.</summary>
    private const double HalfMove = 0.005;

    private const double Point = 0.01;
    private const int Fixed = 7;

    private readonly MarginModel model;
    private readonly RequirementTable table;
    private readonly ResponseMatrix sides;
    private readonly ResponseMatrix? pegs;
    private readonly ResponseMatrix? assetPegs;
    private readonly double[] assetDoubts;
    private readonly double[] assetBounds;

    public SideRows(MarginModel model, int places)
    {
        (this.model, table) = (model, model.Table);
        sides = new ResponseMatrix(places, SideColumns.Stride);
        if (!table.Pegs.IsEmpty) (pegs, assetPegs) = (new ResponseMatrix(places, table.PegStride), new ResponseMatrix(model.AssetCount, table.PegStride));
        assetDoubts = new double[model.AssetCount];
        assetBounds = new double[2 * model.AssetCount];
    }

    /// <summary>What has been built.</summary>
    /// <param name="listed">The contract at each place; empty where places are ordinals.</param>
    public SideColumns Columns(ReadOnlySpan<int> listed) => new()
    {
        Sides = PricedColumns.Rows(sides),
        Pegs = pegs is null ? [] : PricedColumns.Rows(pegs),
        AssetPegs = assetPegs is null ? [] : PricedColumns.Rows(assetPegs),
        AssetDoubts = assetDoubts,
        AssetBounds = assetBounds,
        Listed = listed,
    };

    /// <summary>What has been built of a contract.</summary>
    public ReadOnlySpan<double> Row(int place) => sides.Row(place);

    /// <summary>Its gains when pegs break; none where no peg can.</summary>
    public ReadOnlySpan<double> Pegs(int place) => pegs is null ? [] : pegs.Row(place);

    /// <summary>An asset's row has been built.</summary>
    /// <param name="asset">Its ordinal.</param>
    /// <param name="price">Its price.</param>
    /// <param name="row">Its gains in every scenario.</param>
    /// <param name="sizes">How sure the price is.</param>
    public void Asset(int asset, double price, ReadOnlySpan<double> row, VenueSizes sizes)
    {
        (assetBounds[2 * asset], assetBounds[(2 * asset) + 1]) = Bounds(row);
        Doubt(asset, sizes);
        if (assetPegs is null) return;

        Span<double> broken = assetPegs.Row(asset);
        for (int e = 0; e < table.Pegs.Length; e++)
        {
            bool moves = table.Moves(e, asset);
            broken[2 * e] = moves ? price * -table.Pegs[e].Down : 0;
            broken[(2 * e) + 1] = moves ? price * table.Pegs[e].Up : 0;
        }
    }

    /// <summary>How sure an asset's price is has been set.</summary>
    public void Doubt(int asset, VenueSizes sizes) => assetDoubts[asset] = DoubtOf(sizes, asset);

    /// <summary>A contract's row has been built.</summary>
    /// <param name="place">Its place here.</param>
    /// <param name="listed">Its ordinal.</param>
    /// <param name="here">Where it is valued.</param>
    /// <param name="yearsLeft">Years to its expiry; 0 for one without.</param>
    /// <param name="unitValue">Its worth now.</param>
    /// <param name="row">Its gains in every scenario.</param>
    public void Contract(int place, int listed, in ContractMarket here, double yearsLeft, double unitValue, ReadOnlySpan<double> row)
    {
        Span<double> side = sides.Row(place);
        side[..SideColumns.Least].Clear();
        (side[SideColumns.Least], side[SideColumns.Most]) = Bounds(row);
        Span<double> broken = pegs is null ? [] : pegs.Row(place);
        broken.Clear();
        if (table.IsNeutral || !(here.Forward > 0)) return;

        Ask(model.Contract(listed), here, yearsLeft, unitValue, side, broken);
    }

    /// <summary>A contract's size has been set, or how crowded the venue is in it.</summary>
    /// <param name="place">Its place here.</param>
    /// <param name="listed">Its ordinal.</param>
    /// <param name="notional">Size of one unit in the numeraire.</param>
    /// <param name="spot">Price of its underlying in the numeraire.</param>
    /// <param name="sizes">How crowded the venue is.</param>
    public void Opening(int place, int listed, double notional, double spot, VenueSizes sizes)
    {
        Span<double> side = sides.Row(place);
        LineFigures rates = table.Rates.FirstRates(listed);
        (side[SideColumns.Initial], side[SideColumns.Target], side[SideColumns.Maintenance]) = (rates.Initial, rates.Target, rates.Maintenance);
        double interest = sizes.OpenInterestOf(listed) * notional;
        side[SideColumns.Doubt] = DoubtOf(sizes, model.Contract(listed).Underlying);
        side[SideColumns.Growth] = table.Rates.Growth(listed, interest);
        side[SideColumns.End] = table.Rates.FirstEnd(listed);
        side[SideColumns.Free] = table.FreeInterest > 0 && interest > 0 ? table.FreeInterest * interest : double.PositiveInfinity;
        side[SideColumns.Spot] = table.Strikes[listed] < 0 ? 0 : spot;
    }

    private double DoubtOf(VenueSizes sizes, int asset) => table.Confidence is var (free, factor)
        ? Math.Min(1, factor * Math.Max(0, sizes.ConfidenceOf(asset) - free))
        : 0;

    private void Ask(in ContractTerms terms, in ContractMarket here, double yearsLeft, double unitValue, Span<double> side, Span<double> broken)
    {
        int count = Fixed + (2 * table.Pegs.Length);
        Span<double> forwards = count <= 64 ? stackalloc double[count] : new double[count];
        Span<double> vols = count <= 64 ? stackalloc double[count] : new double[count];
        forwards.Fill(here.Forward);
        vols.Fill(here.Volatility);
        double drift = table.DriftOf(terms, yearsLeft);
        (forwards[0], forwards[1]) = (here.Forward * (1 + drift), here.Forward * (1 - drift));
        if (terms.IsOption)
        {
            (double tilt, double curl) = table.Skew?.Multipliers(here.Forward, terms.Strike, here.Years) ?? (1, 1);
            (vols[2], vols[3], vols[6]) = (here.Volatility * tilt, here.Volatility * curl, here.Volatility + Point);
        }

        (forwards[4], forwards[5]) = (here.Forward * (1 + HalfMove), here.Forward * (1 - HalfMove));
        for (int e = 0; e < table.Pegs.Length; e++)
        {
            forwards[Fixed + (2 * e)] = here.Forward * Move(e, terms.Underlying, down: true) / Move(e, terms.Quote, down: true);
            forwards[Fixed + (2 * e) + 1] = here.Forward * Move(e, terms.Underlying, down: false) / Move(e, terms.Quote, down: false);
        }

        Span<double> values = forwards;
        ResponseBuilder.UnitValues(terms, here.Years, vols, values);
        double price = here.SettlementPrice;
        for (int k = SideColumns.Up; k <= SideColumns.Curl; k++)
        {
            // What neither drifts nor tilts belongs to no group, and must then add nothing to one.
            bool moves = k <= SideColumns.Down ? drift > 0 : terms.IsOption && table.Skew is not null;
            side[k] = moves ? (values[k] - unitValue) * price : 0;
        }

        side[SideColumns.Delta] = (values[4] - values[5]) / (2 * HalfMove) * price;
        side[SideColumns.Vega] = (values[6] - unitValue) * price;
        for (int e = 0; e < table.Pegs.Length; e++)
        {
            broken[2 * e] = (values[Fixed + (2 * e)] - unitValue) * (price * Move(e, terms.Settlement, down: true));
            broken[(2 * e) + 1] = (values[Fixed + (2 * e) + 1] - unitValue) * (price * Move(e, terms.Settlement, down: false));
        }
    }

    private double Move(int peg, int asset, bool down) =>
        !table.Moves(peg, asset) ? 1 : down ? 1 - table.Pegs[peg].Down : 1 + table.Pegs[peg].Up;

    private static (double Least, double Most) Bounds(ReadOnlySpan<double> row)
    {
        (double least, double most) = (0, 0);
        foreach (double gain in row)
        {
            least = Math.Min(least, gain);
            most = Math.Max(most, gain);
        }

        return (least, most);
    }
}
