using System.Text;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Units;

namespace Plimsoll.Cli.Imports;

/// <summary>
/// Reads balances as CSV, <c>account,asset,amount</c>: each line is a deposit that arrived hot, and the first of an account the
/// venue does not know opens it. Names of commands come from the file's hash and the line, so that a file counts once.
/// </summary>
internal static class BalanceLines
{
    private const string Header = "account,asset,amount";
    private const int HashDigits = 16;

    /// <summary>Whether the text begins as such a file does.</summary>
    public static bool IsBalances(byte[] utf8) => Encoding.UTF8.GetString(utf8.AsSpan(0, Math.Min(utf8.Length, 64))).TrimStart('\uFEFF').StartsWith("account,", StringComparison.Ordinal);

    /// <summary>Reads all lines before anything is done with any of them.</summary>
    /// <exception cref="InputException">A line is no balance of an asset the venue lists; the message names file, line and field.</exception>
    public static List<ImportedCommand> Read(string path, byte[] utf8, VenueState venue)
    {
        string[] lines = Encoding.UTF8.GetString(utf8).TrimStart('\uFEFF').Split('\n');
        if (lines[0].TrimEnd('\r') != Header) throw new InputException($"{path}:1 header", $"found '{lines[0].TrimEnd('\r')}', expected {Header}");

        string file = Hash256.Of(utf8).ToString()[..HashDigits];
        var commands = new List<ImportedCommand>();
        var opened = new HashSet<AccountId>();
        var seen = new HashSet<(AccountId, AssetId)>();
        for (int i = 1; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r');
            if (line.Length == 0) continue;

            (AccountId account, AssetId asset, string amount) = Parse($"{path}:{i + 1}", line, venue);
            if (!seen.Add((account, asset))) throw new InputException($"{path}:{i + 1} asset", $"found {asset} of {account} twice, expected it once");
            if (!venue.Accounts.TryFind(account, out _) && opened.Add(account)) commands.Add(Ask(file, i + 1, "open", new OpenAccount(account)));
            commands.Add(Ask(file, i + 1, "deposit", new Deposit(account, asset, amount)));
        }

        return commands.Count > 0 ? commands : throw new InputException(path, "found no balance, expected a line for each");
    }

    private static (AccountId Account, AssetId Asset, string Amount) Parse(string place, string line, VenueState venue)
    {
        string[] fields = line.Split(',');
        if (fields.Length != 3) throw new InputException(place, $"found {fields.Length} fields, expected {Header}");
        if (!Identifier.IsValid(fields[0])) throw new InputException($"{place} account", $"found '{fields[0]}', expected 1 to 64 of A-Z a-z 0-9 . _ -");
        if (!Identifier.IsValid(fields[1]) || !venue.Catalog.TryFind(new AssetId(fields[1]), out AssetIndex asset)) throw new InputException($"{place} asset", $"found '{fields[1]}', expected an asset the venue lists");

        AssetScale scale = venue.Catalog[asset].Scale;
        if (!scale.TryParse(fields[2], out Amount amount) || amount.Sign <= 0) throw new InputException($"{place} amount", $"found '{fields[2]}', expected an amount above 0 with at most {scale.Decimals} decimals");

        return (new AccountId(fields[0]), new AssetId(fields[1]), fields[2]);
    }

    private static ImportedCommand Ask(string file, int line, string what, Command command) =>
        new(line, Envelope.Venue, new CommandId($"csv-{file}-{line}-{what}"), null, command);
}
