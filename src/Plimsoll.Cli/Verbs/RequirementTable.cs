using System.Text.Json;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Risk.Margin;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary>What one account is required to have, part by part, and how much of it rests on correlations.</summary>
internal static class RequirementTable
{
    /// <summary>The waterfall: each part at each line, down to the requirement they sum to.</summary>
    public static void Show(Screen screen, JudgedBook judged, int account, Explanation why)
    {
        Table parts = Tables.New("required for", "of", ">initial", ">target", ">maint.");
        foreach (RequirementLine line in why.Requirement)
            parts.AddRow(Words(line.Part), Markup.Escape(Of(judged, line)), Figures.Usd(line.Required.Initial), Figures.Usd(line.Required.Target), Figures.Usd(line.Required.Maintenance));
        LineFigures sum = new(why.Verdict.InitialRequirement, why.Verdict.TargetRequirement, why.Verdict.MaintenanceRequirement);
        parts.AddRow("in all", "", Figures.Usd(sum.Initial), Figures.Usd(sum.Target), Figures.Usd(sum.Maintenance));
        screen.Page.Section($"{judged.Accounts[account]}: requirement", parts, $"USD; the worst case is {Name(why.Worst.Term)}");

        OffsetReliance offsets = why.Offsets;
        if (offsets.Roots.Count(r => r.Alone > 0) < 2) return;

        Table roots = Tables.New("root", ">loss alone", ">in the joint scenario");
        foreach (RootLoss root in offsets.Roots)
            roots.AddRow(Markup.Escape(judged.Market.Catalog[root.Root].Id.Value), Figures.Usd(root.Alone), Figures.Usd(root.Joint));
        screen.Page.Section(
            $"{judged.Accounts[account]}: correlations",
            roots,
            $"USD; offsets {Figures.Usd(offsets.Offset)}; initial asks {Figures.Usd(offsets.Believed.Initial)} if correlations hold, {Figures.Usd(offsets.Required.Initial)} at their floor, {Figures.Usd(offsets.Broken.Initial)} if they break");
    }

    /// <summary>A part as a person reads it.</summary>
    private static string Words(RequirementPart part) => part switch
    {
        RequirementPart.NakedShort => "naked shorts",
        RequirementPart.CloseOut => "closing cost",
        RequirementPart.Confidence => "unsure prices",
        RequirementPart.Concentration => "outsize positions",
        RequirementPart.Crowding => "crowded collateral",
        RequirementPart.Debts => "debts beyond their cover",
        _ => Name(part),
    };

    /// <summary>The losses that compete, for machines.</summary>
    public static object Worst(Explanation why) => new
    {
        term = Name(why.Worst.Term),
        loss = why.Worst.Loss,
        joint = why.Worst.Joint,
        scenarios = why.Worst.Scenarios,
        basis = why.Worst.Basis,
        skew = why.Worst.Skew,
        depeg = why.Worst.Depeg,
        apart = why.Worst.Apart,
    };

    /// <summary>The parts, for machines.</summary>
    public static IEnumerable<object> Lines(JudgedBook judged, Explanation why) => why.Requirement.Select(line => new
    {
        part = Name(line.Part),
        instrument = line.Instrument is { } instrument ? judged.Market.Catalog[instrument].Id.Value : null,
        asset = line.Asset is { } asset ? judged.Market.Catalog[asset].Id.Value : null,
        initial = line.Required.Initial,
        target = line.Required.Target,
        maintenance = line.Required.Maintenance,
    });

    /// <summary>What rests on correlations, for machines.</summary>
    public static object Offsets(JudgedBook judged, Explanation why) => new
    {
        alone = why.Offsets.Alone,
        joint = why.Offsets.Joint,
        offset = why.Offsets.Offset,
        part = why.Offsets.Part,
        believed = why.Offsets.Believed,
        broken = why.Offsets.Broken,
        roots = why.Offsets.Roots.Select(r => new { root = judged.Market.Catalog[r.Root].Id.Value, alone = r.Alone, joint = r.Joint }),
    };

    private static string Of(JudgedBook judged, RequirementLine line) =>
        line.Instrument is { } instrument ? judged.Market.Catalog[instrument].Id.Value
        : line.Asset is { } asset ? judged.Market.Catalog[asset].Id.Value
        : "";

    private static string Name<TEnum>(TEnum value) where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
