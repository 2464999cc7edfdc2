using System.Text.Json;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Lending;

/// <summary>The JSON form of the section <c>lending</c>; where it says nothing it is not written.</summary>
internal static class LendingTermsJson
{
    public static LendingTerms Read(JsonFields fields)
    {
        if (fields.OptionalObject("lending") is not { } lending) return LendingTerms.None;

        var terms = new LendingTerms([.. lending.OptionalObjects("lent").Select(ReadLent)], [.. lending.OptionalObjects("pledged").Select(ReadPledged)]);
        lending.End();

        return terms;
    }

    public static void Write(Utf8JsonWriter json, LendingTerms terms)
    {
        if (terms.IsNone) return;

        json.WriteStartObject("lending");
        if (!terms.Lent.IsEmpty)
        {
            json.WriteStartArray("lent");
            foreach (LentTerms line in terms.Lent) Write(json, line);
            json.WriteEndArray();
        }

        if (!terms.Pledged.IsEmpty)
        {
            json.WriteStartArray("pledged");
            foreach (PledgeTerms line in terms.Pledged) Write(json, line);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static LentTerms ReadLent(JsonFields fields)
    {
        RateCurve? rate = null;
        if (fields.OptionalObject("rate") is { } curve)
        {
            rate = new RateCurve(curve.Decimal("base"), curve.Decimal("slope1"), curve.Decimal("optimal"), curve.Decimal("slope2"));
            curve.End();
        }

        var terms = new LentTerms(new AssetId(fields.Text("asset")), fields.OptionalDecimal("cap"), fields.OptionalDecimal("ownerCap"), rate);
        fields.End();

        return terms;
    }

    private static PledgeTerms ReadPledged(JsonFields fields)
    {
        var terms = new PledgeTerms(new AssetId(fields.Text("asset")), fields.Decimal("loanToValue"), fields.Decimal("liquidationThreshold"));
        fields.End();

        return terms;
    }

    private static void Write(Utf8JsonWriter json, LentTerms line)
    {
        json.WriteStartObject();
        json.WriteString("asset", line.Asset.Value);
        if (line.Cap is { } cap) json.WriteNumber("cap", cap);
        if (line.OwnerCap is { } own) json.WriteNumber("ownerCap", own);
        if (line.Rate is { } rate)
        {
            json.WriteStartObject("rate");
            json.WriteNumber("base", rate.Base);
            json.WriteNumber("slope1", rate.Slope1);
            json.WriteNumber("optimal", rate.Optimal);
            json.WriteNumber("slope2", rate.Slope2);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PledgeTerms line)
    {
        json.WriteStartObject();
        json.WriteString("asset", line.Asset.Value);
        json.WriteNumber("loanToValue", line.LoanToValue);
        json.WriteNumber("liquidationThreshold", line.LiquidationThreshold);
        json.WriteEndObject();
    }
}
