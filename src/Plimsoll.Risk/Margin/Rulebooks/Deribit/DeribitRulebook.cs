using Plimsoll.Markets.Instruments;

namespace Plimsoll.Risk.Margin.Rulebooks.Deribit;

/// <summary>
/// Deribit's standard margin across currencies (X:SM): futures ask for a base rate that grows with the position, short
/// options one by one; long options ask for nothing and count for nothing. Source: Deribit, "Standard margin", "Cross collateral".
/// </summary>
/// <param name="InitialBase">Initial margin of a small future, per notional: 0.02.</param>
/// <param name="MaintenanceBase">Maintenance of a small future, per notional: 0.01.</param>
/// <param name="PerCoin">What both gain per coin of the position: 0.00005 for BTC.</param>
/// <param name="CoinHaircut">The part of a coin's value that does not count.</param>
public sealed record DeribitRulebook(double InitialBase, double MaintenanceBase, double PerCoin, double CoinHaircut) : IRulebook
{
    /// <summary>The published figures of BTC; the size term is used for BTC alone.</summary>
    public static DeribitRulebook Published => new(0.02, 0.01, 0.00005, 0.05);

    /// <inheritdoc/>
    public string Name => "deribit";

    /// <inheritdoc/>
    public string Source => "Deribit: standard margin, cross collateral (X:SM)";

    /// <inheritdoc/>
    public string Parameters => "published rates of BTC; 5 % off coins and 10 % off staked ones assumed";

    /// <inheritdoc/>
    public string Blind => "offsets between options, volatility";

    /// <inheritdoc/>
    public RulebookAnswer Judge(Portfolio portfolio)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        var lines = new List<RulebookLine>();
        var uncounted = new List<string>();
        for (int a = 0; a < portfolio.Assets.Length; a++)
        {
            HeldAsset held = portfolio.Assets[a];
            double value = portfolio.NetCoins(a) * held.Price;
            if (value == 0) continue;
            if (value > 0 && held.Class == AssetClass.Alt)
            {
                uncounted.Add($"{held.Asset} as collateral");
                continue;
            }

            double haircut = value < 0 ? 0 : held.Class switch { AssetClass.Major => CoinHaircut, AssetClass.Staked => 2 * CoinHaircut, _ => 0 };
            lines.Add(new RulebookLine(held.Asset.Value, value * (1 - haircut), value * (1 - haircut)));
        }

        foreach (HeldContract contract in portfolio.Contracts)
        {
            if (contract.Kind is InstrumentKind.Pool) return RulebookAnswer.No($"{contract.Instrument}: pool positions are not listed");

            lines.Add(contract.IsFuture ? Future(portfolio, contract) : Option(portfolio, contract));
        }

        return RulebookAnswer.Of(lines, uncounted);
    }

    private RulebookLine Future(Portfolio portfolio, HeldContract contract)
    {
        bool scales = portfolio.Assets[contract.Terms.Underlying].Asset.Value == "BTC";
        double notional = portfolio.NotionalOf(contract);
        double growth = scales ? PerCoin * Math.Abs(contract.Coins) : 0;

        return new RulebookLine(contract.Instrument.Value, -notional * (MaintenanceBase + growth), -notional * (InitialBase + growth));
    }

    private static RulebookLine Option(Portfolio portfolio, HeldContract contract)
    {
        // The option's worth is in the settlement coin's value already: a long's is taken out again, and of what a short is
        // asked for its mark is left out.
        if (contract.Size >= 0) return new RulebookLine(contract.Instrument.Value, -portfolio.Profit(contract), -portfolio.Profit(contract));

        double strike = contract.Terms.Strike;
        double outside = Math.Max(contract.Terms.Side == OptionSide.Call ? strike - contract.Forward : contract.Forward - strike, 0);
        double mark = contract.UnitWorth / (contract.IsLinear ? contract.Forward : 1);
        OptionMargin coin = new ShortOption(contract.Terms.Side, ExactFigure.Of(contract.Forward, "forward"), ExactFigure.Of(outside, "strike"), ExactFigure.Of(mark, "mark")).Margin;
        double notional = portfolio.NotionalOf(contract);

        return new RulebookLine(
            contract.Instrument.Value, -notional * ((double)coin.Maintenance - mark), -notional * ((double)coin.Initial - mark));
    }
}
