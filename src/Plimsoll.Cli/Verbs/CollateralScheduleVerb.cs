using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Plimsoll.Cli.Terminal;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Collateral.Statements;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll collateral schedule</c>: what an asset's published tiers count of a value.</summary>
internal static class CollateralScheduleVerb
{
    private const long MostBytes = 64 << 20;

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        var file = new Argument<string>("TIERS") { Description = "Haircut tiers as CSV token,usdt_price,vip_loan_tiers,margin_tiers,portfolio_margin_tiers." };
        Option<string?> asset = new("--asset") { Description = "The asset, as the file writes it in any case (default: all, in short).", HelpName = "NAME" };
        Option<decimal?> value = Asked.Amount("--value", "USDT", "Value of a holding: shows what counts of it, slice by slice.");
        Option<decimal?> coins = Asked.Amount("--coins", "COINS", "The same in coins, at the file's price.");
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "schedule",
            "The published tiers of an asset, and what they count of a value: each tier its part of the slice in it, nothing above the last.",
            "collateral schedule samples/collateral/tiers.csv",
            "collateral schedule samples/collateral/tiers.csv --asset BTC --value 5000000",
            "collateral schedule samples/collateral/tiers.csv --asset ORCA --coins 250000 --json")
        {
            file, asset, value, coins, json,
        };
        verb.SetAction(parsed =>
        {
            HaircutFile tiers = Read(parsed.GetRequiredValue(file));
            if (parsed.GetValue(asset) is not { } name)
            {
                if (parsed.GetValue(value) is not null || parsed.GetValue(coins) is not null) throw new InputException("--asset", "is missing, expected whose value it is");
                ShowAll(screen, tiers, parsed.GetValue(json));

                return ExitCode.Good;
            }

            HaircutRow row = tiers.Find(name) ?? throw new InputException("--asset", $"found '{name}', expected one of the {tiers.Rows.Length} in {tiers.Source}");
            Answer answer = Of(row, Value(row, parsed.GetValue(value), parsed.GetValue(coins)));
            if (parsed.GetValue(json)) screen.Json(answer);
            else Show(screen, answer);

            return ExitCode.Good;
        });

        return verb;
    }

    /// <summary>A file of tiers.</summary>
    public static HaircutFile Read(string path) => HaircutFile.Read(Encoding.UTF8.GetString(InputFile.Bytes(path, MostBytes)), path);

    /// <summary>A use of collateral as a person writes it.</summary>
    public static string NameOf(PledgedFor use) => JsonNamingPolicy.KebabCaseLower.ConvertName(use.ToString());

    private static decimal? Value(HaircutRow row, decimal? value, decimal? coins)
    {
        if (value is not null && coins is not null) throw new InputException("--coins", "found beside --value, expected one of them");
        try
        {
            return value ?? (coins * row.Price);
        }
        catch (OverflowException fault)
        {
            throw new InputException("--coins", "is worth more than can be counted", fault);
        }
    }

    private static Answer Of(HaircutRow row, decimal? value) => new(
        row.Token, row.Price, value, [.. Enum.GetValues<PledgedFor>().Select(use => Of(use, row[use], value))]);

    private static Schedule Of(PledgedFor use, CollateralTerms? terms, decimal? value)
    {
        var slices = ImmutableArray.CreateBuilder<Slice>();
        for (int i = 0; terms is not null && i < terms.Tiers.Length; i++)
        {
            decimal? end = i + 1 < terms.Tiers.Length ? terms.Tiers[i + 1].FromValue : terms.Cap;
            decimal? inside = value is { } all ? Math.Max(0m, Math.Min(all, end ?? all) - terms.Tiers[i].FromValue) : null;
            slices.Add(new Slice(terms.Tiers[i].FromValue, end, 1m - terms.Tiers[i].Haircut, inside, inside * (1m - terms.Tiers[i].Haircut)));
        }

        decimal? counted = value is { } worth ? CollateralValue.Counted(terms, worth) : null;

        return new Schedule(use, slices.ToImmutable(), counted, value is { } of && counted is { } part ? 1m - (part / of) : null);
    }

    private static void Show(Screen screen, Answer answer)
    {
        foreach (Schedule schedule in answer.Schedules)
        {
            Table table = Tables.New(">from", ">to", ">counts", ">value in it", ">counted");
            foreach (Slice slice in schedule.Tiers)
                table.AddRow(Sum(slice.From), slice.To is { } end ? Sum(end) : Figures.None, $"{Digits(slice.Part * 100m)} %", Sum(slice.Value), Sum(slice.Counted));
            screen.Page.Section($"{answer.Asset} {NameOf(schedule.Use)}", table, schedule.Tiers.Length > 0 ? "USDT" : "counts nothing");
            if (schedule.Counted is { } counted) screen.Line($"  counted {Sum(counted)} of {Sum(answer.Value)}: a haircut of {Figures.Text((double)schedule.Haircut!.Value * 100, "0.00")} %");
        }
    }

    private static void ShowAll(Screen screen, HaircutFile tiers, bool json)
    {
        if (json)
        {
            screen.Json(tiers.Rows.Select(row => Of(row, null)));

            return;
        }

        Table table = Tables.New("asset", ">price", ">vip loan", ">margin", ">portfolio margin");
        foreach (HaircutRow row in tiers.Rows)
            table.AddRow([Markup.Escape(row.Token), Digits(row.Price), .. Enum.GetValues<PledgedFor>().Select(use => Markup.Escape(Short(row[use])))]);
        screen.Page.Section(tiers.Source, table, "the part that counts in the first tier, how many tiers there are, and where they end");
    }

    private static string Short(CollateralTerms? terms) => terms is null
        ? Figures.None
        : $"{Digits((1m - terms.Tiers[0].Haircut) * 100m)} %, {terms.Tiers.Length}{(terms.Cap is { } cap ? $", {Figures.Short((double)cap)}" : "")}";

    private static string Sum(decimal? value) => value is { } sum ? sum.ToString("#,##0.########", CultureInfo.InvariantCulture) : Figures.None;

    private static string Digits(decimal value) => value.ToString("0.##################", CultureInfo.InvariantCulture);

    private sealed record Answer(string Asset, decimal Price, decimal? Value, ImmutableArray<Schedule> Schedules);

    private sealed record Schedule(PledgedFor Use, ImmutableArray<Slice> Tiers, decimal? Counted, decimal? Haircut);

    private sealed record Slice(decimal From, decimal? To, decimal Part, decimal? Value, decimal? Counted);
}
