using Plimsoll.Cli.Terminal;
using Plimsoll.Pricing.Options;
using Plimsoll.Units;

namespace Plimsoll.Cli.Verbs;

/// <summary>How an option pays, as asked for on the command line.</summary>
/// <param name="WindowMinutes">Minutes of the averaging window, if it settles on an average.</param>
/// <param name="Average">The average so far.</param>
/// <param name="Digital">Cash or asset, if it pays all or nothing.</param>
/// <param name="Barrier">The kind of its barrier, if it has one.</param>
/// <param name="Level">Where that lies.</param>
/// <param name="Rebate">What is paid instead.</param>
/// <param name="Settlement">Coin or quote, where it is not what the name says.</param>
internal sealed record OptionPayment(
    double? WindowMinutes, double? Average, string? Digital, string? Barrier, double? Level, double? Rebate, string? Settlement)
{
    private const double MinutesPerYear = 525_600;

    /// <summary>Whether it is an ordinary option.</summary>
    public bool IsPlain => WindowMinutes is null && Digital is null && Barrier is null;

    /// <summary>Refuses what only an option can have.</summary>
    public void MustBePlain()
    {
        string? given = WindowMinutes is not null || Average is not null ? "--averaging" : Digital is not null ? "--digital" : Barrier is not null || Level is not null || Rebate is not null ? "--barrier" : Settlement is not null ? "--settlement" : null;
        if (given is not null) throw new InputException(given, "is for options");
    }

    /// <summary>Greeks in USD and in coin, and delta less the coin premium.</summary>
    public (OptionGreeks Usd, CoinGreeks Coin, double Net) Greeks(in OptionInputs option)
    {
        MustAgree();
        if (WindowMinutes is { } minutes)
        {
            var window = new SettlementWindow(minutes / MinutesPerYear, Average ?? 0);
            if (option.Years < window.Years && Average is null) throw new InputException("--average", "is missing: the window has begun, so part of its average is known");

            return (AveragedOption.Greeks(option, window), AveragedOption.CoinGreeks(option, window), AveragedOption.NetTransactionDelta(option, window));
        }

        OptionGreeks usd = IsPlain ? Black76.Greeks(option) : BumpedGreeks.Of(Value, option);

        return (usd, CoinGreeks.Of(usd, option.Forward), usd.Delta - (usd.Value / option.Forward));
    }

    /// <summary>How it pays, in words; nothing for an ordinary option.</summary>
    public string Describe(double years) =>
        WindowMinutes is { } minutes ? $"on the average of the last {Figures.Text(minutes, "0.###")} minutes, {Figures.Text(100 * Math.Min(1, years * MinutesPerYear / minutes), "0.##")} % of it open"
        : Digital is { } paid ? $"all or nothing: {(paid == "cash" ? "1 USD" : "the coin")}"
        : Barrier is { } kind ? $"{kind} at {Figures.Text(Level ?? 0, "#,##0.####")}, rebate {Figures.Text(Rebate ?? 0, "#,##0.####")}"
        : "";

    private double Value(OptionInputs option)
    {
        var onSpot = new SpotOptionInputs(option.Side, option.Forward, option.Strike, option.Years, option.Volatility, option.Rate, option.Rate);

        return Digital switch
        {
            "cash" => Pricing.Options.Digital.CashOrNothing(onSpot, 1),
            "asset" => Pricing.Options.Digital.AssetOrNothing(onSpot),
            _ => BarrierOption.Price(onSpot, new BarrierTerms(Kind, Level ?? 0, Rebate ?? 0)),
        };
    }

    private BarrierKind Kind => Barrier switch
    {
        "down-in" => BarrierKind.DownIn,
        "up-in" => BarrierKind.UpIn,
        "down-out" => BarrierKind.DownOut,
        _ => BarrierKind.UpOut,
    };

    private void MustAgree()
    {
        int kinds = (WindowMinutes is null ? 0 : 1) + (Digital is null ? 0 : 1) + (Barrier is null ? 0 : 1);
        if (kinds > 1) throw new InputException("--averaging, --digital, --barrier", "exclude one another");
        if (Average is not null && WindowMinutes is null) throw new InputException("--average", "needs --averaging");
        if (Average is <= 0) throw new InputException("--average", "expected a price above 0");
        if (Barrier is not null && Level is not > 0) throw new InputException("--level", "is missing or not above 0, expected the barrier's price");
        if (Barrier is null && (Level is not null || Rebate is not null)) throw new InputException("--barrier", "is missing, expected down-in, up-in, down-out or up-out");
    }
}
