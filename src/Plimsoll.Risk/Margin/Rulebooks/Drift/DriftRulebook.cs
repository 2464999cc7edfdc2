using System.Numerics;
using Plimsoll.Markets.Instruments;

namespace Plimsoll.Risk.Margin.Rulebooks.Drift;

/// <summary>
/// Drift v2 asked about a house account: deposits and borrows at weights that know their size, linear perpetuals at margin
/// ratios that grow with the square root of theirs.
/// </summary>
public sealed record DriftRulebook : IRulebook
{
    private const int Decimals = 9;
    private const double Unit = 1e9;
    private const double TenThousand = 1e4;

    // Weights of 10⁻⁴ and a size factor of 10⁻⁶, as the chain's own markets state them.
    private static readonly SpotWeights AssetWeights = new(8_000, 9_000, 200, Decimals);
    private static readonly SpotWeights BorrowWeights = new(12_000, 11_000, 200, Decimals);
    private static readonly SpotWeights PerpRatios = new(1_000, 500, 30, Decimals);

    /// <inheritdoc/>
    public string Name => "drift";

    /// <inheritdoc/>
    public string Source => "Drift protocol-v2, math/margin.rs, state/spot_market.rs";

    /// <inheritdoc/>
    public string Parameters => "coins 0.8 / 1.2 initial, 0.9 / 1.1 maintenance; perpetuals 10 % and 5 %; typical size factors";

    /// <inheritdoc/>
    public string Blind => "offsets between deposits and perpetuals, volatility, options";

    /// <inheritdoc/>
    public RulebookAnswer Judge(Portfolio portfolio)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        var lines = new List<RulebookLine>();
        var uncounted = new List<string>();
        for (int a = 0; a < portfolio.Assets.Length; a++)
        {
            HeldAsset held = portfolio.Assets[a];
            double coins = held.Class == AssetClass.Stable ? portfolio.NetCoins(a) : held.Coins;
            if (coins == 0) continue;
            if (coins > 0 && held.Class is AssetClass.Alt or AssetClass.Fiat) uncounted.Add($"{held.Asset} as collateral");
            else lines.Add(Spot(held, coins));
        }

        foreach (HeldContract contract in portfolio.Contracts)
        {
            if (contract.Kind != InstrumentKind.Perpetual || !contract.IsLinear) return RulebookAnswer.No($"{contract.Instrument}: linear perpetuals only");
            if (portfolio.Assets[contract.Terms.Settlement].Class != AssetClass.Stable) return RulebookAnswer.No($"{contract.Instrument}: perpetuals settle in a stablecoin");

            double notional = portfolio.NotionalOf(contract);
            BigInteger size = Whole(contract.Size);
            lines.Add(new RulebookLine(
                contract.Instrument.Value,
                -notional * (double)PerpRatios.Liability(size, MarginKind.Maintenance) / TenThousand,
                -notional * (double)PerpRatios.Liability(size, MarginKind.Initial) / TenThousand));
        }

        return RulebookAnswer.Of(lines, uncounted);
    }

    private static RulebookLine Spot(HeldAsset held, double coins)
    {
        double value = coins * held.Price;
        if (held.Class == AssetClass.Stable) return new RulebookLine(held.Asset.Value, value, value);

        BigInteger size = Whole(coins);
        double At(MarginKind kind) => (double)(coins > 0 ? AssetWeights.Asset(size, 0, kind) : BorrowWeights.Liability(size, kind)) / TenThousand;

        return new RulebookLine(held.Asset.Value, value * At(MarginKind.Maintenance), value * At(MarginKind.Initial));
    }

    private static BigInteger Whole(double coins) => (BigInteger)(Math.Abs(coins) * Unit);
}
