using System.Globalization;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Scenarios;

/// <summary>
/// Plays a story told one line a fact, against the true kernel:
/// <code>
/// rule     maintenance 5 %              a line of the rulebook: initial, target, maintenance (of notional), penalty, slippage, call
/// mark     BTC 30000                    a price in the numeraire
/// deposit  alice 6000 USDC              accounts open themselves
/// borrow   alice 100 USDC
/// withdraw alice 100 USDC
/// fund     1000 USDC                    endows the insurance fund
/// open     alice +1 BTC_USDC-PERPETUAL @ 30000 [with bob]     against the liquidity provider unless said
/// refuse   open alice +9 BTC_USDC-PERPETUAL @ 30000 : initial-margin-breached
/// expect   alice equity 6000 maintenance 1500 phase healthy
/// expect   venue fund 1000 bad-debt 0 liquidations 0 deleveragings 0
/// </code>
/// After every line the books are audited; at the end the journal is replayed to the same state hash.
/// </summary>
internal sealed class Scenario
{
    private readonly Stage _stage = new();

    private Scenario()
    {
    }

    public static void Plays(string story)
    {
        var scenario = new Scenario();
        foreach (string line in story.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('#')) continue;

            scenario.Play(line, Words(line));
        }

        scenario._stage.ReplaysToTheSameHash();
    }

    private static string[] Words(string line) => line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private void Play(string line, string[] words)
    {
        switch (words[0])
        {
            case "rule":
                _stage.Rule(words[1], Number(words[2]) * (words.Contains("%") ? 0.01m : 1m));
                break;
            case "mark":
                _stage.Mark(words[1], Number(words[2]));
                break;
            case "expect" when words[1] == "venue":
                Expect(line, words[2..], ofVenue: true, account: "");
                break;
            case "expect":
                Expect(line, words[2..], ofVenue: false, words[1]);
                break;
            case "refuse":
                int colon = Array.IndexOf(words, ":");
                _stage.Do(Asked(words[1..colon])).Refusal.ShouldBe(Named(words[colon + 1]), line);
                break;
            default:
                Outcome outcome = _stage.Do(Asked(words));
                outcome.Refusal.ShouldBe(Refusal.None, $"{line} {outcome.Detail}");
                break;
        }
    }

    private Command Asked(string[] words) => words[0] switch
    {
        "deposit" => new Deposit(_stage.Account(words[1]), new AssetId(words[3]), words[2]),
        "withdraw" => new Withdraw(_stage.Account(words[1]), new AssetId(words[3]), words[2]),
        "borrow" => new Borrow(_stage.Account(words[1]), new AssetId(words[3]), words[2]),
        "fund" => new Endow(Fund.InsuranceFund, new AssetId(words[2]), words[1], Fund.Hot),
        "open" => Opened(words),
        _ => throw new InvalidOperationException($"'{words[0]}' is no word of a scenario."),
    };

    private ReportFill Opened(string[] words)
    {
        AccountId account = _stage.Account(words[1]);
        AccountId other = _stage.Account(words is [.., "with", var named] ? named : "liquidity");
        decimal size = Number(words[2]);
        decimal price = Number(words[Array.IndexOf(words, "@") + 1]);

        return size > 0
            ? new ReportFill(account, other, new InstrumentId(words[3]), size, price)
            : new ReportFill(other, account, new InstrumentId(words[3]), -size, price);
    }

    private void Expect(string line, string[] words, bool ofVenue, string account)
    {
        for (int i = 0; i + 1 < words.Length; i += 2)
        {
            string what = words[i];
            if (what == "phase")
            {
                _stage.Phase(account).ToString().ToLowerInvariant().ShouldBe(words[i + 1], line);
                continue;
            }

            double actual = ofVenue ? _stage.OfVenue(what) : _stage.OfAccount(account, what);
            actual.ShouldBe((double)Number(words[i + 1]), 1e-6, $"{line}: {what}");
        }
    }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static Refusal Named(string kebab) => Enum.GetValues<Refusal>().First(refusal =>
        string.Equals(System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(refusal.ToString()), kebab, StringComparison.Ordinal));
}
