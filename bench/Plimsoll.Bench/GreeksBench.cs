using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Exposure;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Bench;

/// <summary>
/// Eight greeks of every account of a venue through the public types, beside a loop over plain arrays that does nothing
/// but the arithmetic: 1,000,000 accounts × 5 positions over 2,000 options.
/// </summary>
internal static class GreeksBench
{
    private const int Accounts = 1_000_000;
    private const int Expiries = 20;
    private const int Strikes = 50;
    private const int Instruments = Expiries * Strikes * 2;
    private const int Positions = 5;
    private const int Columns = Greeks.First;
    private const int Rounds = 9;

    public static int Run()
    {
        (MarginModel model, MarketState market) = Listed();
        var matrix = new GreekMatrix(model, market);
        var world = new World(matrix);
        double[] all = new double[Accounts * Columns];
        double[] bare = new double[Accounts * Columns];
        var money = new SparseRows();
        money.EnsureRows(Accounts);

        Console.WriteLine($"{Accounts:N0} accounts x {Positions} positions x {Columns} greeks, {Instruments:N0} options; best of {Rounds} rounds; 512-bit registers: {Lane8.IsAccelerated}");
        double price = Race.BestMilliseconds(Rounds, () => matrix.Rebuild(market))[0];
        Console.WriteLine($"pricing R: {price:F2} ms ({price * 1e6 / Instruments:F0} ns an option with ten greeks)");
        Console.WriteLine();
        Console.WriteLine($"{"threads",8} {"bare ms",9} {"greeks ms",11} {"ratio",7}");
        foreach (int threads in new[] { 1, 2 })
        {
            double[] times = Race.BestMilliseconds(Rounds, () => world.Bare(bare, threads), () => matrix.EveryAccount(world.Book, .., all, threads));
            Console.WriteLine($"{threads,8} {times[0],9:F1} {times[1],11:F1} {times[1] / times[0],7:F2}");
        }

        var watch = Stopwatch.StartNew();
        var sums = GroupSums.Of(.., world.Book, money, matrix);
        double gathered = watch.Elapsed.TotalMilliseconds;
        Exposed[] cells = sums.By(Bucketing.ByCell(matrix));
        Console.WriteLine();
        Console.WriteLine($"net and gross by underlying x expiry x strike ({cells.Count(cell => !cell.IsEmpty)} cells): {gathered:F1} ms to gather, {watch.Elapsed.TotalMilliseconds - gathered:F1} ms for the product");
        bool same = all.AsSpan().SequenceEqual(bare);
        Console.WriteLine(same ? "Both gave the same numbers." : "The two DISAGREE.");

        return same ? 0 : 1;
    }

    private static (MarginModel Model, MarketState Market) Listed()
    {
        var catalog = new Catalog();
        AssetIndex dollar = catalog.Add(new Asset(new AssetId("USDC"), new AssetScale(6), AssetClass.Stable, null));
        AssetIndex coin = catalog.Add(new Asset(new AssetId("BTC"), new AssetScale(8), AssetClass.Major, null));
        Instant start = Instant.Utc(2026, 12, 1);
        for (int day = 1; day <= Expiries; day++)
        {
            for (int strike = 0; strike < Strikes; strike++)
            {
                foreach (string side in new[] { "C", "P" })
                {
                    string text = string.Create(CultureInfo.InvariantCulture, $"BTC_USDC-{day}JAN27-{30_000 + (1_200 * strike)}-{side}");
                    InstrumentName name = InstrumentName.Parse(text);
                    catalog.Add(new Instrument
                    {
                        Id = new InstrumentId(text),
                        Kind = name.Kind,
                        Payoff = Payoff.Linear,
                        Underlying = coin,
                        Quote = dollar,
                        Settlement = dollar,
                        LotSize = 0.1m,
                        TickSize = 5m,
                        Expiry = name.Expiry,
                        Strike = name.Strike,
                        Side = name.Side,
                    }.Checked());
                }
            }
        }

        var market = new MarketState(catalog);
        market.MoveTo(start);
        market.Apply(new AssetQuote(dollar, new Price(1m), start, 0, "bench"));
        market.Apply(new AssetQuote(coin, new Price(60_000m), start, 0, "bench"));

        return (new MarginModel(catalog, RiskParameters.Default(catalog)), market);
    }

    private sealed class World
    {
        private readonly int[] _start = new int[Accounts + 1];
        private readonly int[] _column = new int[Accounts * Positions];
        private readonly double[] _quantity = new double[Accounts * Positions];
        private readonly double[] _greeks = new double[Instruments * Columns];

        public World(GreekMatrix matrix)
        {
            var chance = new SeededStream(1);
            var builder = new SparseRowsBuilder(Accounts * Positions);
            for (int account = 0; account < Accounts; account++)
            {
                int from = account * Positions;
                _start[account + 1] = from + Positions;

                // One position in each fifth of the list: ascending, and never the same twice.
                for (int p = 0; p < Positions; p++)
                {
                    _column[from + p] = (p * (Instruments / Positions)) + chance.NextInt(Instruments / Positions);
                    _quantity[from + p] = chance.NextDouble() - 0.5;
                }

                builder.Add(_column.AsSpan(from, Positions), _quantity.AsSpan(from, Positions));
            }

            Book = builder.Build();
            for (int i = 0; i < Instruments; i++) matrix.First.Row(i).CopyTo(_greeks.AsSpan(i * Columns));
        }

        public SparseRows Book { get; }

        public void Bare(double[] all, int threads)
        {
            if (threads == 1) BareLoop(all, 0, Accounts);
            else Parallel.For(0, threads, t => BareLoop(all, (int)((long)Accounts * t / threads), (int)((long)Accounts * (t + 1) / threads)));
        }

        // The yardstick: nothing but the arithmetic, unchecked, over plain arrays.
        private void BareLoop(double[] all, int from, int to)
        {
            unchecked
            {
                ref double r0 = ref MemoryMarshal.GetArrayDataReference(_greeks);
                for (int a = from; a < to; a++)
                {
                    Vector512<double> sum = default;
                    for (int p = _start[a]; p < _start[a + 1]; p++)
                        sum = Vector512.FusedMultiplyAdd(Vector512.Create(_quantity[p]), Vector512.LoadUnsafe(ref Unsafe.Add(ref r0, _column[p] * Columns)), sum);

                    sum.StoreUnsafe(ref all[a * Columns]);
                }
            }
        }
    }
}
