using System.Runtime.Intrinsics;

namespace Plimsoll.Risk.Margin;

/// <summary>The market and the rulebook as <see cref="OctetKernel"/> reads them: pinned columns, and terms in registers' width.</summary>
internal readonly unsafe struct OctetMarket
{
    /// <summary>Numbers of an asset in <see cref="AssetRecords"/>.</summary>
    public const int AssetStride = 8;

    /// <summary>First half: price, value up to which the first tier decides alone, its part, doubt.</summary>
    public const int Price = 0, End = 1, Part = 2, Doubt = 3;

    /// <summary>Second half: least and most gain of a coin, and <see cref="OctetKeys"/>.</summary>
    public const int Least = 4, Most = 5, Keys = 6;

    /// <summary>Numbers of a root in <see cref="Closings"/>: half spread, impact, half vega spread, free delta.</summary>
    public const int ClosingStride = 4;

    /// <summary>Gains of each contract and each asset.</summary>
    public double* Rows { get; init; }

    public double* AssetRows { get; init; }

    /// <summary><see cref="ContractRecords"/>, and how many are contracts.</summary>
    public double* Records { get; init; }
    public int Contracts { get; init; }

    /// <summary>One for each asset, and behind them one for each place of an account that has fewer.</summary>
    public double* AssetRecords { get; init; }
    public int Assets { get; init; }

    /// <summary>Closing terms of each root, and behind them those of no root.</summary>
    public double* Closings { get; init; }

    /// <summary>Gains when pegs break: eight numbers a row.</summary>
    public double* Pegs { get; init; }

    public double* AssetPegs { get; init; }

    /// <summary>Where there is one peg: the two numbers of each contract.</summary>
    public double* PegPairs { get; init; }

    /// <summary>What the kernel of few entries reads.</summary>
    public SidePointers Sides { get; init; }

    public bool HasRates { get; init; }

    public bool HasOffsets { get; init; }

    public bool HasCloseOut { get; init; }

    public bool HasGroups { get; init; }

    public bool HasNaked { get; init; }

    public bool HasPegs { get; init; }

    public bool OnePeg { get; init; }

    public bool TwoPegs { get; init; }

    public bool IsNeutral { get; init; }
    public int Scenarios { get; init; }
    public double WatchAt { get; init; }

    public double Uncredited { get; init; }
    public LineFigures Factors { get; init; }

    public LineFigures Floors { get; init; }

    public LineFigures Naked { get; init; }

    public LineFigures Closing { get; init; }

    /// <summary>Bytes that <see cref="Of"/> takes.</summary>
    public static int Room(MarginModel model) =>
        (model.AssetCount + OctetScratch.Assets) * AssetStride * sizeof(double) + ((model.AssetCount + 1) * ClosingStride * sizeof(double)) + (2 * OctetScratch.Line);

    /// <summary>Lays everything out.</summary>
    public static OctetMarket Of(MarginModel model, in MarketColumns market, in SidePointers side, in PricedColumns priced, double* records, double* pegPairs, ref byte* room)
    {
        RequirementTable table = model.Table;
        var assets = (double*)OctetScratch.Aligned(ref room, (model.AssetCount + OctetScratch.Assets) * AssetStride * sizeof(double));
        var closings = (double*)OctetScratch.Aligned(ref room, (model.AssetCount + 1) * ClosingStride * sizeof(double));
        LayOutAssets(assets, priced, model);
        LayOutClosings(closings, table);

        return new OctetMarket
        {
            Rows = market.Rows,
            AssetRows = market.AssetRows,
            Records = records,
            Contracts = market.Instruments,
            AssetRecords = assets,
            Assets = model.AssetCount,
            Closings = closings,
            Pegs = side.Pegs,
            PegPairs = pegPairs,
            AssetPegs = side.AssetPegs,
            Sides = side,
            HasRates = table.Rates.IsUsed,
            HasOffsets = table.HasOffsets,
            HasCloseOut = table.HasCloseOut,
            HasGroups = table.HasGroups,
            HasNaked = table.HasNaked,
            HasPegs = !table.Pegs.IsEmpty,
            OnePeg = table.Pegs.Length == 1,
            TwoPegs = table.Cover > 1,
            IsNeutral = table.IsNeutral,
            Scenarios = model.ScenarioCount,
            WatchAt = model.WatchAt,
            Uncredited = 1 - table.Credit,
            Factors = model.Factors,
            Floors = model.Floors,
            Naked = table.Naked,
            Closing = table.CloseOutParts,
        };
    }

    /// <summary>Lays out what is read of each asset.</summary>
    private static void LayOutAssets(double* records, in PricedColumns priced, MarginModel model)
    {
        SideColumns sides = priced.Sides;
        int count = model.AssetCount;
        for (int a = 0; a < count; a++)
        {
            double* record = records + (a * AssetStride);
            (record[Price], record[End], record[Part]) = (priced.AssetPrices[a], model.Schedule.FirstEnds[a], model.Schedule.FirstParts[a]);
            (record[Doubt], record[Least], record[Most]) = (sides.AssetDoubts[a], sides.AssetBounds[2 * a], sides.AssetBounds[(2 * a) + 1]);
            bool moves = record[Least] != 0 || record[Most] != 0;
            record[Keys] = BitConverter.Int64BitsToDouble(OctetKeys.OfAsset(a, model.Table.RootOfAsset(a), moves));
            record[Keys + 1] = 0;
        }

        for (int a = 0; a < OctetScratch.Assets; a++)
        {
            double* record = records + ((count + a) * AssetStride);
            Vector512<double>.Zero.Store(record);
            record[Keys] = BitConverter.Int64BitsToDouble(OctetKeys.OfAssetPad(a));
        }
    }

    /// <summary>Lays out the closing terms of each root.</summary>
    private static void LayOutClosings(double* closings, RequirementTable table)
    {
        double* at = closings;
        foreach (ref readonly CloseOut terms in table.CloseOuts.AsSpan())
        {
            (at[0], at[1], at[2], at[3]) = (terms.HalfSpread, terms.Impact, terms.HalfVega, terms.Free);
            at += ClosingStride;
        }

        (at[0], at[1], at[2], at[3]) = (0, 0, 0, double.PositiveInfinity);
    }
}
