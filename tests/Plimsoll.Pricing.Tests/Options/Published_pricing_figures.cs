using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Options;
using Plimsoll.Pricing.Tests.Surfaces;
using Plimsoll.Published;

namespace Plimsoll.Pricing.Tests.Options;

/// <summary>Every case of golden/pricing.json whose model is built; the others are named, one skipped row per group.</summary>
[Trait("Category", "Published")]
public sealed class Published_pricing_figures
{
    private const string FileName = "golden/pricing.json";

    private static readonly GoldenFile Golden = GoldenFile.Open(FileName);

    private static readonly Dictionary<string, Func<PublishedCase, double>> Models = new()
    {
        ["european_haug_values"] = one => BlackScholes.Price(OnSpot(one)),
        ["european_haug_greeks"] = HaugGreek,
        ["black76_strata"] = one => one.Number("df") * Black76.Price(OnForward(one)),
        ["black76_pyvollib"] = VollibMeasure,
        ["digitals_haug"] = DigitalValue,
        ["barrier_haug"] = one => BarrierOption.Price(
            OnSpot(one), new BarrierTerms(Enum.Parse<BarrierKind>(one.Text("barrier")), one.Number("H"), one.Number("rebate", 0))),
        ["delta_conventions"] = QuotedDeltaValue,
        ["deribit_live_ticker"] = DeribitMeasure,
        ["inverse_identities"] = DeribitMeasure,
    };

    private static readonly Dictionary<string, Func<PublishedCase, double[]>> Smiles = new()
    {
        ["svi_vogt"] = PublishedSmiles.Vogt,
        ["ssvi_strata"] = PublishedSmiles.Ssvi,
    };

    /// <summary>One row per case; one skipped row per group that nobody has built, or one for a file that is not there.</summary>
    public static IEnumerable<ITheoryDataRow> Cases() =>
        Golden.Exists ? Golden.Groups.SelectMany(Rows) : [Skipped(FileName, SharedFolder.HowToFind(FileName))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_published_figure_is_met(string id)
    {
        var one = Golden[id];
        if (Smiles.TryGetValue(one.Group, out var smile))
        {
            // A figure printed one last digit away lies on the bound itself, and decimals are seldom whole doubles.
            smile(one).ShouldBe(one.ExpectedNumbers, one.Tolerance * (1 + 1e-8));
            return;
        }

        Models[one.Group](one).ShouldBe(one.ExpectedNumber, one.Tolerance);
    }

    [Fact]
    public void The_file_yields_cases_for_every_model_built()
    {
        Assert.SkipUnless(Golden.Exists, SharedFolder.HowToFind(FileName));
        foreach (var model in Models.Keys.Concat(Smiles.Keys))
            Golden.Groups.Single(group => group.Name == model).Cases.Count.ShouldBeGreaterThan(0, model);
    }

    private static IEnumerable<ITheoryDataRow> Rows(PublishedGroup group) =>
        Models.ContainsKey(group.Name) || Smiles.ContainsKey(group.Name)
            ? group.Cases.Select(one => new TheoryDataRow<string>(one.Id) { TestDisplayName = one.Id })
            : [Skipped(group.Name, $"{group.Name}: nobody has built this model yet ({group.Cases.Count} cases).")];

    private static TheoryDataRow<string> Skipped(string name, string reason) => new(name) { Skip = reason, TestDisplayName = name };

    private static OptionSide Side(PublishedCase one) => one.Text("type") == "Put" ? OptionSide.Put : OptionSide.Call;

    private static SpotOptionInputs OnSpot(PublishedCase one) =>
        new(Side(one), one.Number("S"), one.Number("K"), one.Number("T"), one.Number("sigma"), one.Number("r"), one.Number("q"));

    private static OptionInputs OnForward(PublishedCase one) =>
        new(Side(one), one.Number("F"), one.Number("K"), one.Number("T"), one.Number("sigma"), one.Number("r", 0));

    private static double DigitalValue(PublishedCase one)
    {
        double Years() => one.Number("T");
        SpotOptionInputs At(string strike) => new(Side(one), one.Number("S"), one.Number(strike), Years(), one.Number("sigma"), one.Number("r"), one.Number("q"));
        TouchInputs Touch() => new(one.Number("S"), one.Number("barrier"), Years(), one.Number("sigma"), one.Number("r"), one.Number("q"));
        var cash = one.Number("cash", double.NaN);
        return one.Text("product") switch
        {
            "cash-or-nothing" => Digital.CashOrNothing(At("K"), cash),
            "asset-or-nothing" => Digital.AssetOrNothing(At("K")),
            "gap" => Digital.Gap(At("trigger"), one.Number("strike")),
            "one-touch" => double.IsNaN(cash) ? TouchOption.OneTouchAsset(Touch(), Paid(one)) : TouchOption.OneTouchCash(Touch(), cash, Paid(one)),
            "no-touch" => double.IsNaN(cash) ? TouchOption.NoTouchAsset(Touch()) : TouchOption.NoTouchCash(Touch(), cash),
            var other => throw new InvalidOperationException($"{one.Id}: no product {other}"),
        };
    }

    private static TouchPayment Paid(PublishedCase one) => one.Text("paid") == "at hit" ? TouchPayment.AtHit : TouchPayment.AtExpiry;

    private static double QuotedDeltaValue(PublishedCase one)
    {
        var convention = one.Text("deltaType") switch
        {
            "Spot" => DeltaConvention.Spot,
            "Fwd" => DeltaConvention.Forward,
            "PaSpot" => DeltaConvention.PremiumAdjustedSpot,
            "PaFwd" => DeltaConvention.PremiumAdjustedForward,
            var other => throw new InvalidOperationException($"{one.Id}: no delta {other}"),
        };
        return QuotedDelta.Of(
            Side(one), convention, new DeltaMarket(one.Number("spot"), one.Number("dDf"), one.Number("fDf"), one.Number("stdDev")), one.Number("K"));
    }

    private static double HaugGreek(PublishedCase one)
    {
        var option = OnSpot(one);
        var raw = BlackScholes.RawGreeks(option);
        return one.Text("greek") switch
        {
            "delta" => raw.Delta,
            "gamma" => raw.Gamma,
            "vega" => raw.Vega,
            "theta" => raw.Theta,
            "thetaPerDay" => raw.InHouseUnits().Theta,
            "rho" => raw.Rho,
            "dividendRho" => BlackScholes.YieldRho(option),
            "elasticity" => BlackScholes.Elasticity(option),
            var other => throw new InvalidOperationException($"{one.Id}: no greek {other}"),
        };
    }

    private static double VollibMeasure(PublishedCase one)
    {
        var greeks = Black76.Greeks(OnForward(one));
        return one.Text("measure") switch
        {
            "price" => greeks.Value,
            "delta" => greeks.Delta,
            "gamma" => greeks.Gamma,
            "vega" => greeks.Vega,
            "theta" => greeks.Theta,
            "rho" => greeks.Rho,
            var other => throw new InvalidOperationException($"{one.Id}: no measure {other}"),
        };
    }

    private static double DeribitMeasure(PublishedCase one)
    {
        var option = new OptionInputs(
            Side(one), one.Number("F"), one.Number("K"), one.Number("T_years_act365"), one.Number("mark_iv"), one.Number("r"));
        var greeks = Black76.Greeks(option);
        return one.Text("measure") switch
        {
            "price" => InverseOption.Price(option),
            "delta" => greeks.Delta,
            "gamma" => greeks.Gamma,
            "vega" => greeks.Vega,
            "theta" => DeribitView.Theta(option),
            "rho" => DeribitView.Rho(option),
            "netTransactionDelta" => InverseOption.NetTransactionDelta(option),
            var other => throw new InvalidOperationException($"{one.Id}: no measure {other}"),
        };
    }
}
