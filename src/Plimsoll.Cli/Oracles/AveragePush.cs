using Plimsoll.Cli.Terminal;
using Plimsoll.Markets.Oracles;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Oracles;

/// <summary>What it takes to push a pool's average price by holding so many of its blocks.</summary>
/// <param name="Asset">Whose price.</param>
/// <param name="From">What it is.</param>
/// <param name="Target">The multiple wanted of the average.</param>
/// <param name="Blocks">Blocks of the average.</param>
/// <param name="Held">Blocks held.</param>
/// <param name="GeometricDecades">Common logarithm of the multiple the spot must have in each held block, where the average is geometric.</param>
/// <param name="GeometricCapital">Quote coins that bring a full-range pool there: in, or out where the price falls; none beyond any number.</param>
/// <param name="Arithmetic">The multiple where the average is arithmetic; none where no price above 0 pulls it so far down.</param>
/// <param name="ArithmeticCapital">Quote coins for that.</param>
internal sealed record AveragePush(
    string Asset, double From, double Target, int Blocks, int Held, double GeometricDecades, double? GeometricCapital, double? Arithmetic, double? ArithmeticCapital)
{
    private static readonly int[] Usual = [1, 2, 5, 10, 25, 50, 100];

    public static IReadOnlyList<AveragePush> Of(OracleFile file, string path, IReadOnlyList<JoinedAsset> joined, double target)
    {
        IReadOnlyList<FiledAverage> averages = file.Averages ?? [];
        if (averages.Count == 0) throw new InputException($"{path} averages", "is missing: --twap asks of pools there");

        var pushes = new List<AveragePush>();
        for (int i = 0; i < averages.Count; i++)
        {
            string place = $"{path} averages[{i}]";
            FiledAverage average = averages[i];
            if (!(average.Liquidity > 0) || average.Liquidity > 1e30) throw new InputException($"{place}.liquidity", $"found {average.Liquidity}, expected above 0 and at most 1e30");
            if (average.Blocks is < 1 or > 1_000_000) throw new InputException($"{place}.blocks", $"found {average.Blocks}, expected 1 to 1000000");
            if (joined.FirstOrDefault(asset => asset.Asset == average.Asset)?.Price.Price is not { } from || !(from > 0)) throw new InputException($"{place}.asset", $"{average.Asset} has no price here");

            foreach (int held in Usual.Where(held => held < average.Blocks).Append(average.Blocks)) pushes.Add(Push(average, from, target, held));
        }

        return pushes;
    }

    public static void Show(Screen screen, IReadOnlyList<AveragePush> pushes)
    {
        foreach (IGrouping<string, AveragePush> asset in pushes.GroupBy(push => push.Asset))
        {
            AveragePush first = asset.First();
            Table table = Tables.New(">blocks held", ">spot × (geometric)", ">quote coins", ">spot × (arithmetic)", ">quote coins");
            foreach (AveragePush push in asset)
            {
                table.AddRow(
                    $"{push.Held} of {push.Blocks}", Multiple(push.GeometricDecades), Capital(push.GeometricCapital),
                    push.Arithmetic is { } multiple ? Figures.Text(multiple, "#,##0.00##") : Figures.None, Capital(push.ArithmeticCapital));
            }

            screen.Page.Section($"Pushing the average of {asset.Key}", table, $"to {Figures.Text(first.Target, "0.####")} × {Figures.Price(first.From)}, in a full-range pool; below 0: coins come out");
        }
    }

    private static AveragePush Push(FiledAverage average, double from, double target, int held)
    {
        double? spot = TwapManipulation.Arithmetic(target, average.Blocks, held);

        return new AveragePush(
            average.Asset, from, target, average.Blocks, held,
            TwapManipulation.GeometricDecades(target, average.Blocks, held), Capital(average, from, TwapManipulation.Geometric(target, average.Blocks, held)),
            spot, spot is { } multiple ? Capital(average, from, multiple) : null);
    }

    private static double? Capital(FiledAverage average, double from, double multiple)
    {
        double to = from * multiple;

        return to > 0 && double.IsFinite(to) ? TwapManipulation.Capital(average.Liquidity, from, to) : null;
    }

    private static string Multiple(double decades) => Math.Abs(decades) < 6 ? Figures.Text(Math.Pow(10, decades), "#,##0.00##") : $"10^{Figures.Text(decades, "0.0")}";

    private static string Capital(double? coins) => coins is { } value ? (Math.Abs(value) < 1e15 ? Figures.Short(value) : $"10^{Figures.Text(Math.Log10(Math.Abs(value)), "0.0")}") : "beyond all";
}
