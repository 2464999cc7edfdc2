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
    private readonly double[] sides;
    private readonly double[] openings;
    private readonly double[] pegs;
    private readonly double[] assetPegs;
    private readonly double[] assetDoubts;

    public SideRows(MarginModel model, int places)
    {
        (this.model, table) = (model, model.Table);
        sides = new double[places * SideColumns.Stride];
        openings = new double[places * SideColumns.OpeningStride];
        pegs = new double[places * table.PegStride];
        assetPegs = new double[model.AssetCount * table.PegStride];
        assetDoubts = new double[model.AssetCount];
    }

    /// <summary>What has been built.</summary>
    /// <param name="listed">The contract at each place; empty where places are ordinals.</param>
    public SideColumns Columns(ReadOnlySpan<int> listed) => new()
    {
        Sides = sides,
        Openings = openings,
        Pegs = pegs,
        AssetPegs = assetPegs,
        AssetDoubts = assetDoubts,
        Listed = listed,
    };

    /// <summary>An asset's price has been set.</summary>
    public void Asset(int asset, double price, VenueSizes sizes)
    {
        for (int e = 0; e < table.Pegs.Length; e++)
        {
            bool moves = table.Moves(e, asset);
            assetPegs[(asset * table.PegStride) + (2 * e)] = moves ? price * -table.Pegs[e].Down : 0;
            assetPegs[(asset * table.PegStride) + (2 * e) + 1] = moves ? price * table.Pegs[e].Up : 0;
        }

        assetDoubts[asset] = Doubt(sizes, asset);
    }

    /// <summary>A contract's row has been built.</summary>
    /// <param name="place">Its place here.</param>
    /// <param name="listed">Its ordinal.</param>
    /// <param name="here">Where it is valued.</param>
    /// <param name="yearsLeft">Years to its expiry; 0 for one without.</param>
    /// <param name="unitValue">Its worth now.</param>
    /// <param name="row">Its gains in every scenario.</param>
    public void Contract(int place, int listed, in ContractMarket here, double yearsLeft, double unitValue, ReadOnlySpan<double> row)
    {
        Span<double> side = sides.AsSpan(place * SideColumns.Stride, SideColumns.Stride);
        side.Clear();
        (side[SideColumns.Least], side[SideColumns.Most]) = Bounds(row);
        Span<double> broken = pegs.AsSpan(place * table.PegStride, table.PegStride);
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
        Span<double> opening = openings.AsSpan(place * SideColumns.OpeningStride, SideColumns.OpeningStride);
        double interest = sizes.OpenInterestOf(listed) * notional;
        opening[SideColumns.Growth] = table.Rates.Growth(listed, interest);
        opening[SideColumns.Doubt] = Doubt(sizes, model.Contract(listed).Underlying);
        opening[SideColumns.Free] = table.FreeInterest > 0 && interest > 0 ? table.FreeInterest * interest : double.PositiveInfinity;
        opening[SideColumns.Spot] = spot;
    }

    private double Doubt(VenueSizes sizes, int asset) => table.Confidence is var (free, factor)
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
        for (int k = SideColumns.Up; k <= SideColumns.Curl; k++) side[k] = (values[k] - unitValue) * price;
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
