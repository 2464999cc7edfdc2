using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Treasury.Attestation;
using Plimsoll.Units;
using static Plimsoll.Treasury.Tests.Attestation.Attested;

namespace Plimsoll.Treasury.Tests.Attestation;

public sealed class InclusionProofJsonTests
{
    private static readonly MerkleSumTree Tree = Attested.Tree(
        Equity("alice", 150_000_000, 2_500_000), Equity("bob", 0, 50), Equity("carol", 7, 0));

    private static string Text => Encoding.UTF8.GetString(InclusionProofJson.Write(Tree.Prove(new AccountId("alice"))!));

    [Fact]
    public void A_proof_written_and_read_again_holds_and_writes_the_same_bytes() => Seeded.Holds(20, chance =>
    {
        MerkleSumTree tree = RandomTree(1 + chance.Below(40), chance);
        byte[] written = InclusionProofJson.Write(tree.Prove(new AccountId("account-0"))!);
        InclusionProof read = InclusionProofJson.Read(written);

        read.Verify(tree.Root.Hash).ShouldBe(new ProofVerdict(ProofFault.None, ""));
        InclusionProofJson.Write(read).ShouldBe(written);
    });

    [Fact]
    public void Amounts_are_texts_in_whole_units_beside_their_asset_and_scale()
    {
        JsonNode json = JsonNode.Parse(Text)!;

        json["format"]!.GetValue<string>().ShouldBe("plimsoll-inclusion-proof");
        json["at"]!.GetValue<string>().ShouldBe("2025-01-31T12:00:00Z");
        json["assets"]![0]!.ToJsonString().ShouldBe("""{"asset":"BTC","decimals":8,"amount":"1.5","liabilities":"1.50000007","deficit":"0"}""");
        json["root"]!.GetValue<string>().ShouldBe(Tree.Root.Hash.ToString());
    }

    [Theory]
    [InlineData("\"account\": \"alice\"", "\"account\": \"alice\", \"note\": 1", "proof.note: found a field nobody knows")]
    [InlineData("\"account\": \"alice\"", "\"account\": \"alice\", \"account\": \"alice\"", "proof.account: found twice, expected once")]
    [InlineData("\"account\": \"alice\",", "", "proof.account: is missing")]
    [InlineData("\"account\": \"alice\"", "\"account\": \"al ice\"", "proof.account: found 'al ice', expected an identifier")]
    [InlineData("\"account\": \"alice\"", "\"account\": \"al\\ud800\"", "proof.account: found bytes that are not Unicode text")]
    [InlineData("\"account\": \"alice\"", "\"al\\ud800\": 1", "proof: found bytes that are not Unicode text")]
    [InlineData("\"account\": \"alice\"", "\"account\": null", "proof.account: found null, expected a text")]
    [InlineData("\"amount\": \"1.5\"", "\"amount\": 1.5", "proof.assets[0].amount: found a number, expected a text")]
    [InlineData("\"amount\": \"1.5\"", "\"amount\": \"1.50\"", "proof.assets[0].amount: found '1.50', expected an amount of at most 8 decimals, such as 12.5")]
    [InlineData("\"amount\": \"1.5\"", "\"amount\": \"1e0\"", "proof.assets[0].amount: found '1e0', expected an amount of at most 8 decimals, such as 12.5")]
    [InlineData("\"decimals\": 8", "\"decimals\": 25", "proof.assets[0].decimals: found 25, expected 0 to 24")]
    [InlineData("\"epoch\": 7", "\"epoch\": 7.0", "proof.epoch: found 7.0, expected a whole number")]
    [InlineData("\"version\": 1", "\"version\": 2", "proof.version: found 2, expected 1")]
    [InlineData("\"at\": \"2025-01-31T12:00:00Z\"", "\"at\": \"2025-01-31\"", "proof.at: found '2025-01-31', expected a time such as 2025-01-31T12:00:00Z")]
    [InlineData("plimsoll-inclusion-proof", "something-else", "proof.format: found 'something-else', expected 'plimsoll-inclusion-proof'")]
    [InlineData("\"path\": [", "\"path\": [ 1,", "proof.path[0]: found a number, expected an object")]
    [InlineData("\"epoch\": 7", "\"epoch\": ", "proof line 4: found a text that is not JSON")]
    public void A_file_that_is_not_a_proof_is_refused_in_one_line_naming_the_field(string old, string now, string message)
    {
        string changed = Text.Replace(old, now, StringComparison.Ordinal);

        changed.ShouldNotBe(Text);
        Should.Throw<InputException>(() => Read(changed)).Message.ShouldBe(message);
    }

    [Fact]
    public void Hex_has_one_spelling()
    {
        string root = Tree.Root.Hash.ToString();
        string upper = Text.Replace(root, root.ToUpperInvariant(), StringComparison.Ordinal);

        Should.Throw<InputException>(() => Read(upper)).Message.ShouldBe($"proof.root: found '{root.ToUpperInvariant()}', expected 64 lowercase hex digits");
    }

    [Fact]
    public void A_negative_sum_is_read_and_then_fails_with_its_reason()
    {
        string negative = Text.Replace("\"amount\": \"1.5\"", "\"amount\": \"-1.5\"", StringComparison.Ordinal);

        Read(negative).Verify().ShouldBe(new ProofVerdict(ProofFault.NegativeSum, "the balance is negative in BTC"));
    }

    [Fact]
    public void Every_changed_character_is_refused_or_fails_and_nothing_else_is_ever_thrown()
    {
        byte[] text = Encoding.UTF8.GetBytes(Text);
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace((char)text[i])) continue;
            foreach (int bit in new[] { 0, 1, 4, 5, 7 })
            {
                byte[] changed = [.. text];
                changed[i] ^= (byte)(1 << bit);
                try
                {
                    InclusionProofJson.Read(changed).Verify(Tree.Root.Hash).Holds.ShouldBeFalse($"byte {i} bit {bit}");
                }
                catch (InputException refusal)
                {
                    refusal.Message.ShouldNotContain('\n');
                }
            }
        }
    }

    [Fact]
    public void A_file_cut_short_is_refused()
    {
        byte[] text = Encoding.UTF8.GetBytes(Text);
        for (int length = 0; length < text.Length; length++)
            Should.Throw<InputException>(() => InclusionProofJson.Read(text.AsMemory(0, length)));
    }

    private static InclusionProof Read(string text) => InclusionProofJson.Read(Encoding.UTF8.GetBytes(text));
}
