using System.CommandLine;
using Plimsoll.Cli.Terminal;
using Plimsoll.Treasury.Attestation;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll verify</c>: checks a customer's inclusion proof, offline, with nothing but the file and the published root.</summary>
internal static class VerifyVerb
{
    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        var file = new Argument<string>("PROOF") { Description = "The proof's file." };
        Option<Hash256?> root = Asked.Value("--root", "HASH", "64 hex digits", "The root the venue published, from a public place and not from the proof.", (string text, out Hash256? value) =>
        {
            bool read = Hash256.TryParse(text, out Hash256 hash);
            value = read ? hash : null;

            return read;
        });
        Option<bool> json = Asked.Json();
        var verb = new Verb("verify", "Check that a balance is inside the liabilities a venue attests; exit code 1 where it is not.", "demo --accounts 400 --prove maker-00=proof.json", "verify proof.json")
        {
            file, root, json,
        };
        verb.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            InclusionProof proof = Read(path);
            Hash256? published = parsed.GetValue(root);
            ProofVerdict verdict = published is { } hash ? proof.Verify(hash) : proof.Verify();
            if (parsed.GetValue(json)) screen.Json(Answer(proof, verdict, published is not null));
            else Show(screen, proof, verdict, published is not null);

            return Task.FromResult(verdict.Holds ? ExitCode.Good : ExitCode.BadNews);
        });

        return verb;
    }

    private static InclusionProof Read(string path)
    {
        byte[] bytes = InputFile.Bytes(path, InclusionProofJson.MaxBytes);
        try
        {
            return InclusionProofJson.Read(bytes);
        }
        catch (InputException fault)
        {
            throw new InputException(path, fault.Message, fault);
        }
    }

    private static object Answer(InclusionProof proof, ProofVerdict verdict, bool published) => new
    {
        verdict.Holds,
        verdict.Fault,
        verdict.Reason,
        RootWasGiven = published,
        proof.Epoch,
        At = proof.At.ToString(),
        Account = proof.Account.Value,
        Root = proof.Root.ToString(),
        proof.Leaves,
        Balances = Enumerable.Range(0, proof.Totals.Count).Select(a => new
        {
            Asset = proof.Totals[a].Asset.Id.Value,
            Amount = Amount(proof, a),
            Liabilities = proof.Totals[a].Asset.Scale.Format(proof.Totals[a].Liabilities),
        }),
    };

    private static void Show(Screen screen, InclusionProof proof, ProofVerdict verdict, bool published)
    {
        Grid grid = Facts.New();
        grid.Fact("account", proof.Account.Value);
        grid.Fact("attested at", $"{proof.At}, epoch {proof.Epoch}, {Figures.Count(proof.Leaves)} accounts");
        grid.Fact("root", proof.Root.ToString());
        screen.Page.Write(grid);
        Table table = Tables.New("asset", ">your balance", ">all liabilities");
        for (int a = 0; a < Math.Min(proof.Totals.Count, proof.Amounts.Length); a++)
            table.AddRow(Markup.Escape(proof.Totals[a].Asset.Id.Value), Amount(proof, a), proof.Totals[a].Asset.Scale.Format(proof.Totals[a].Liabilities));
        screen.Page.Write(table);
        if (!verdict.Holds) screen.Verdict("red", $"Does not hold: {verdict.Reason}.");
        else if (published) screen.Verdict("green", "Holds: the balance is counted in the liabilities under the published root.");
        else screen.Verdict("yellow", "Holds in itself; compare its root with the one the venue published (--root), which may be another.");
    }

    private static string Amount(InclusionProof proof, int asset) => proof.Totals[asset].Asset.Scale.Format(new Amount(proof.Amounts.Span[asset]));
}
