using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Plimsoll.Markets.Instruments;
using Plimsoll.Numerics;
using Plimsoll.Risk.Margin.Rulebooks;
using Plimsoll.Risk.Margin.Rulebooks.Derive;

namespace Plimsoll.Bench;

/// <summary>
/// One account of 80 options on seven expiries under Derive's portfolio margin, 31 scenarios, beside a plain Python program
/// that reads the same portfolio: <c>rulebooks FOLDER</c> names the folder with its <c>check_margin.py</c>.
/// </summary>
internal static class RulebookBench
{
    private const int Options = 80;
    private const int Rounds = 50;
    private const int Repeats = 20;

    private static readonly double[] Days = [2, 9, 16, 37, 65, 128, 310];

    public static int Run(string folder)
    {
        PortfolioRules rules = PortfolioRulebook.Published.Rules;
        PortfolioBook book = Book();
        PortfolioVerdict verdict = rules.Judge(book);
        double ours = Race.BestMilliseconds(Rounds, () =>
        {
            for (int i = 0; i < Repeats; i++) rules.Judge(book);
        })[0] / Repeats;

        (double python, double initial, double maintenance) = Python(folder, Inputs(book, rules.Parameters));
        Console.WriteLine($"plimsoll {ours * 1000:0} µs, Python {python * 1000:0} µs, {python / ours:0} × ({Options} options, {rules.Parameters.Grid.Length} scenarios)");
        bool agree = Agrees(verdict.Initial, initial) && Agrees(verdict.Maintenance, maintenance);
        if (!agree) Console.WriteLine($"they disagree: {verdict.Initial} and {initial}, {verdict.Maintenance} and {maintenance}");

        return agree ? 0 : 1;
    }

    private static PortfolioBook Book()
    {
        var stream = new SeededStream(80, 0);
        var options = new List<OptionPosition>[Days.Length];
        for (int e = 0; e < options.Length; e++) options[e] = [];
        for (int i = 0; i < Options; i++)
        {
            double strike = Math.Round(60_000 + (60_000 * stream.NextDouble()));
            options[i % Days.Length].Add(new OptionPosition(
                stream.NextDouble() < 0.5 ? OptionSide.Call : OptionSide.Put, strike, Math.Round((20 * stream.NextDouble()) - 10, 2), 0.4 + (0.4 * stream.NextDouble())));
        }

        return new PortfolioBook(
            50_000,
            new ScoredPrice(95_663.5, 1),
            1,
            new PerpetualPosition(-3, new ScoredPrice(95_650, 1), 1_200, 0),
            [.. Days.Select((days, e) => new OptionExpiry(days * 86_400, new ScoredPrice(95_663.5 * (1 + (0.0002 * days)), 1), 0.06, 1, 1, [.. options[e]]))],
            [new CollateralPosition("BTC", 5, new ScoredPrice(95_663.5, 1), 0.015, 0.005, true)]);
    }

    private static object Inputs(PortfolioBook book, PortfolioParameters p)
    {
        ImmutableArray<object[]> grid = [.. p.Grid.Select(s => new object[] { s.Spot, Mode(s.Surface), s.Dampening })];

        return new
        {
            scenarios = grid,
            scenario = new
            {
                cash = book.Cash,
                spot = book.Spot.Price,
                spotConf = 1,
                stablePrice = book.StablePrice,
                perps = book.Perpetual.Size,
                perpPrice = book.Perpetual.Price.Price,
                perpConf = 1,
                perpUpnl = book.Perpetual.Profit,
                perpFunding = 0,
                collaterals = book.Collateral.Select(c => new { amount = c.Amount, price = c.Price.Price, conf = 1, mmHaircut = c.MaintenanceHaircut, imHaircut = c.InitialHaircut, riskCancelling = c.MovesWithSpot }),
                options = book.Expiries.SelectMany(e => e.Options.Select(o => new { sec = e.Seconds, K = o.Strike, call = o.Side == OptionSide.Call, amt = o.Size, vol = o.Volatility })),
                feeds = book.Expiries.Select(e => new { sec = e.Seconds, fwd = e.Forward.Price, fwdConf = 1, rate = e.Rate, rateConf = 1, volConf = 1 }),
            },
            @params = new
            {
                VolShock = new { VOLRANGEUP = p.Volatility.RangeUp, VOLRANGEDOWN = p.Volatility.RangeDown, SHORTTERMPOWER = p.Volatility.ShortTermPower, LONGTERMPOWER = p.Volatility.LongTermPower, DTE_FLOOR = p.Volatility.LeastDays, MIN_VOL_EVAL_SHOCKED = p.Volatility.LeastShocked },
                Margin = new { MM_LOSS_FACTOR = p.MaintenanceLossFactor, IM_LOSS_FACTOR = p.InitialLossFactor, BASE_STATIC_DISCOUNT = p.Discount.Long, LONG_RATE_MULTSCALE = p.Discount.LongRateScale, LONG_RATE_ADDSCALE = p.Discount.LongRateAdded, BASE_STATIC_DISCOUNT_NEG = p.Discount.Short, SHORT_RATE_MULTSCALE = p.Discount.ShortRateScale, SHORT_RATE_ADDSCALE = p.Discount.ShortRateAdded },
                SkewShock = new { LINEAR_SCALE_CAP = p.Skew.Linear.Cap, LINEAR_CBASE = p.Skew.Linear.CapPerRootYear, ABS_SCALE_CAP = p.Skew.Absolute.Cap, ABS_CBASE = p.Skew.Absolute.CapPerRootYear, MIN_K_STAR = p.Skew.LeastWidth, MIN_WIDTH_SCALE = p.Skew.WidthScale, VOL_PARAM_STATIC = p.Skew.TypicalVolatility, VOL_PARAM_SCALE = p.Skew.TypicalPerRootYear },
                BasisContingency = new { SCENARIO_SPOT_UP = p.Basis.SpotUp, SCENARIO_SPOT_DOWN = p.Basis.SpotDown, BASIS_CONT_ADD_FACTOR = p.Basis.Added, BASIS_CONT_MULT_FACTOR = p.Basis.PerYear },
                OtherContingency = new { PEG_LOSS_THRESHOLD = p.Other.Peg.Threshold, PEG_LOSS_FACTOR = p.Other.Peg.Factor, CONF_THRESHOLD = p.Other.Confidence.Threshold, CONF_MARGIN = p.Other.Confidence.Factor, MM_PERP_PERCENT = p.Other.PerpMaintenance, IM_PERP_PERCENT = p.Other.PerpInitial, MM_OPTION_PERCENT = p.Other.NakedMaintenance, IM_OPTION_PERCENT = p.Other.NakedInitial },
            },
        };
    }

    private static string Mode(SurfaceMove move) => move switch
    {
        SurfaceMove.LinearSkew => "LINEAR",
        SurfaceMove.AbsoluteSkew => "ABS",
        _ => move.ToString(),
    };

    private static (double Milliseconds, double Initial, double Maintenance) Python(string folder, object inputs)
    {
        const string Program = """
            import sys, json, time
            sys.path.insert(0, sys.argv[1])
            import check_margin as c
            i = json.load(sys.stdin)
            best = 1e9
            for _ in range(50):
                t = time.perf_counter(); r = c.m_derive_pmrm2(i); best = min(best, time.perf_counter() - t)
            print(repr(best * 1000), repr(r['IM']), repr(r['MM']))
            """;
        var start = new ProcessStartInfo("python3") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Program);
        start.ArgumentList.Add(folder);
        using Process python = Process.Start(start)!;
        python.StandardInput.Write(JsonSerializer.Serialize(inputs));
        python.StandardInput.Close();
        string[] figures = python.StandardOutput.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        python.WaitForExit();

        return figures.Length == 3
            ? (Figure(figures[0]), Figure(figures[1]), Figure(figures[2]))
            : throw new InvalidOperationException("python3 gave no three figures");
    }

    private static double Figure(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static bool Agrees(double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(b));
}
