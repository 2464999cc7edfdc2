using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plimsoll.Units;

namespace Plimsoll.Treasury.Attestation;

/// <summary>
/// The file a customer keeps: an <see cref="InclusionProof"/> as JSON. Amounts are texts in whole units and hashes 64
/// lowercase hex digits; both have one spelling, so that a changed character is either refused or fails the proof.
/// </summary>
/// <remarks>
/// The shape: <c>format, version, epoch, at, account, tag, salt, position, leaves, assets[{asset, decimals, amount,
/// liabilities, deficit}], path[{hash, sums[]}], root</c>.
/// </remarks>
public static class InclusionProofJson
{
    /// <summary>What <c>format</c> says.</summary>
    public const string Format = "plimsoll-inclusion-proof";

    /// <summary>What <c>version</c> says.</summary>
    public const int Version = 1;

    /// <summary>The longest text read, in bytes: well above a proof of the deepest tree over the most assets.</summary>
    public const int MaxBytes = 4 << 20;

    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The proof as indented UTF-8 JSON.</summary>
    public static byte[] Write(InclusionProof proof)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable)) Write(json, proof);

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes the proof as one JSON object into a document under way.</summary>
    public static void Write(Utf8JsonWriter json, InclusionProof proof)
    {
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        json.WriteNumber("epoch", proof.Epoch);
        json.WriteString("at", proof.At.ToString());
        json.WriteString("account", proof.Account.Value);
        json.WriteString("tag", proof.Tag.ToString());
        json.WriteString("salt", proof.Salt.ToString());
        json.WriteNumber("position", proof.Position);
        json.WriteNumber("leaves", proof.Leaves);
        WriteAssets(json, proof);
        WritePath(json, proof);
        json.WriteString("root", proof.Root.ToString());
        json.WriteEndObject();
    }

    /// <summary>Reads a proof; whether it holds is for <see cref="InclusionProof.Verify()"/> to say.</summary>
    /// <param name="utf8">The whole file.</param>
    /// <exception cref="InputException">Not such a file; the message names the field.</exception>
    public static InclusionProof Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MaxBytes) throw new InputException("proof", $"found {utf8.Length} bytes, expected at most {MaxBytes}");

        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);

            return Read(new StrictObject("proof", document.RootElement));
        }
        catch (JsonException fault)
        {
            throw new InputException($"proof line {(fault.LineNumber ?? 0) + 1}", "found a text that is not JSON", fault);
        }
    }

    private static void WriteAssets(Utf8JsonWriter json, InclusionProof proof)
    {
        json.WriteStartArray("assets");
        for (int a = 0; a < proof.Totals.Count; a++)
        {
            ((AssetId id, AssetScale scale), Amount liabilities, Amount deficit) = proof.Totals[a];
            json.WriteStartObject();
            json.WriteString("asset", id.Value);
            json.WriteNumber("decimals", scale.Decimals);
            json.WriteString("amount", scale.Format(new Amount(proof.Amounts.Span[a])));
            json.WriteString("liabilities", scale.Format(liabilities));
            json.WriteString("deficit", scale.Format(deficit));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePath(Utf8JsonWriter json, InclusionProof proof)
    {
        json.WriteStartArray("path");
        foreach (SumNode node in proof.Path)
        {
            json.WriteStartObject();
            json.WriteString("hash", node.Hash.ToString());
            json.WriteStartArray("sums");
            for (int a = 0; a < node.Sums.Length; a++) json.WriteStringValue(proof.Totals[a].Asset.Scale.Format(new Amount(node.Sums.Span[a])));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static InclusionProof Read(StrictObject proof)
    {
        proof.Expect("format", Format);
        proof.Expect("version", Version);
        StrictObject[] assets = proof.Objects("assets", AttestationRoot.MaxAssets);
        var totals = new AttestedTotal[assets.Length];
        var amounts = new Int128[assets.Length];
        for (int a = 0; a < assets.Length; a++) (totals[a], amounts[a]) = ReadAsset(assets[a]);

        var read = new InclusionProof(
            proof.Long("epoch"), proof.Instant("at"), new AccountId(proof.Identifier("account")), proof.Hash("tag"), proof.Hash("salt"),
            proof.Int("position"), proof.Int("leaves"), totals, amounts,
            Array.ConvertAll(proof.Objects("path", AttestationRoot.MaxDepth), step => ReadStep(step, totals)), proof.Hash("root"));
        proof.ExpectNoMore();

        return read;
    }

    private static (AttestedTotal Total, Int128 Amount) ReadAsset(StrictObject asset)
    {
        var id = new AssetId(asset.Identifier("asset"));
        var scale = new AssetScale(asset.Int("decimals", 0, AssetScale.MaxDecimals));
        Amount amount = asset.Amount("amount", scale);
        var total = new AttestedTotal(new AttestedAsset(id, scale), asset.Amount("liabilities", scale), asset.Amount("deficit", scale));
        asset.ExpectNoMore();

        return (total, amount.Units);
    }

    private static SumNode ReadStep(StrictObject step, AttestedTotal[] totals)
    {
        AssetScale[] scales = Array.ConvertAll(totals, total => total.Asset.Scale);
        var node = new SumNode(step.Hash("hash"), Array.ConvertAll(step.Amounts("sums", scales), amount => amount.Units));
        step.ExpectNoMore();

        return node;
    }
}
