namespace Plimsoll.Cli.Demo;

/// <summary>The report of a story: what <c>--json</c> prints. Sums without a unit are in the numeraire; amounts of coins are texts.</summary>
internal sealed record DemoReport(
    string Venue,
    StoryFacts Story,
    LoadLineFacts LoadLine,
    LoadLineFacts LoadLineAtOpening,
    TallyFacts Tally,
    IReadOnlyList<StageFacts> Stages,
    FundFacts Fund,
    IReadOnlyList<LayerFacts> Layers,
    IReadOnlyList<CoverageFacts> Coverage,
    IReadOnlyList<HourFacts> Hours,
    IReadOnlyList<FallenFacts> Fallen,
    IReadOnlyList<FallenKind> FallenByKind,
    IReadOnlyList<LossFacts> LargestLosses,
    IReadOnlyList<ConservationFacts> Conservation,
    string StateHash,
    string JournalHash,
    long Sequence);

/// <summary>What was played.</summary>
internal sealed record StoryFacts(string Label, bool Synthetic, IReadOnlyList<string> Notes, string Start, string End, int Accounts, ulong Seed, long Commands, long Refused, IReadOnlyList<PriceFacts> Prices);

/// <summary>What an asset's price did.</summary>
internal sealed record PriceFacts(string Asset, double First, double Lowest, double Last);

/// <summary>The load line.</summary>
internal sealed record LoadLineFacts(string Verdict, string Text, string? Worst, double? Coverage, string? DryFirst, double? SurvivalHours);

/// <summary>What happened, counted.</summary>
internal sealed record TallyFacts(long MarginCalls, int AccountsLiquidated, long Liquidations, double LiquidatedNotional, long Deleveraged, long Bankruptcies, double FundDrawn, double BadDebt);

/// <summary>A step between warning and last resort: how often it was taken, and for how much where it has a size.</summary>
internal sealed record StageFacts(string Stage, int Times, double Size);

/// <summary>A layer of insurance: what it held at the opening and holds now, and what it gave. External cover holds nothing and is owed.</summary>
internal sealed record LayerFacts(string Layer, double Before, double After, double Gave);

/// <summary>The insurance fund before and after, each at the prices of its moment.</summary>
internal sealed record FundFacts(double Before, double After, IReadOnlyList<FundAssetFacts> ByAsset);

/// <summary>The fund in one asset.</summary>
internal sealed record FundAssetFacts(string Asset, string Before, double BeforeWorth, string After, double AfterWorth);

/// <summary>One asset's claims against its holdings.</summary>
internal sealed record CoverageFacts(string Asset, string Claims, string Holdings, double? Coverage, double? CoverageAtOpening, double? SurvivalHours, IReadOnlyDictionary<string, string> ByPlace);

/// <summary>What one hour did.</summary>
internal sealed record HourFacts(string Hour, int Calls, int Liquidations, double Notional, int Auctions, int Deleveragings, double FundDrawn);

/// <summary>An account that fell, and why.</summary>
internal sealed record FallenFacts(string Account, string Kind, string At, string SunkBy, string? Collateral, double EquityBefore, double EquityAfter, double Loss, double Notional, double Shortfall, bool Deleveraged);

/// <summary>Accounts of a kind that fell by the same thing over the same collateral.</summary>
internal sealed record FallenKind(string Kind, string SunkBy, string? Collateral, int Accounts, double Loss, double Notional, double Shortfall);

/// <summary>What an account lost from opening to end.</summary>
internal sealed record LossFacts(string Account, string Kind, double EquityBefore, double EquityAfter, double Loss, bool Liquidated);

/// <summary>One asset's balances over all holders; they sum to nothing.</summary>
internal sealed record ConservationFacts(string Asset, string Customers, string Loans, string Insurance, string OwnFunds, string OtherFunds, string Held, string Sum);
