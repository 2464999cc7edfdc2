using System.Text.Json;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation;

/// <summary>The JSON form of the section <c>phases</c>; where there are none it is not written.</summary>
internal static class PhaseTermsJson
{
    public static PhaseTerms Read(JsonFields fields)
    {
        if (fields.OptionalObject("phases") is not { } phases) return PhaseTerms.None;

        var terms = new PhaseTerms
        {
            PeriodSeconds = phases.Whole("periodSeconds"),
            WarnAt = phases.OptionalDecimal("warnAt"),
            CallSeconds = phases.OptionalDecimal("callSeconds") is null ? null : Seconds(phases, "callSeconds"),
            Slices = phases.OptionalObject("slices") is { } slices ? ReadSlices(slices) : null,
            Caps = phases.OptionalObject("caps") is { } caps ? ReadCaps(caps) : PhaseCaps.None,
            Dust = phases.OptionalDecimal("dust") ?? 0m,
            Auction = phases.OptionalObject("auction") is { } auction ? ReadAuction(auction) : null,
            Backstop = phases.OptionalObject("backstop") is { } backstop ? ReadBackstop(backstop) : null,
            Halt = phases.OptionalFlag("halt"),
        };
        phases.End();
        if (terms.PeriodSeconds < 1) throw new InputException(phases.Place("periodSeconds"), $"{terms.PeriodSeconds} lies outside 1 to 86400");

        return terms;
    }

    public static void Write(Utf8JsonWriter json, PhaseTerms terms)
    {
        if (terms.IsNone) return;

        json.WriteStartObject("phases");
        json.WriteNumber("periodSeconds", terms.PeriodSeconds);
        if (terms.WarnAt is { } warn) json.WriteNumber("warnAt", warn);
        if (terms.CallSeconds is { } call) json.WriteNumber("callSeconds", call);
        if (terms.Slices is { } slices) Write(json, slices);
        if (terms.Caps != PhaseCaps.None) Write(json, terms.Caps);
        if (terms.Dust > 0m) json.WriteNumber("dust", terms.Dust);
        if (terms.Auction is { } auction) Write(json, auction);
        if (terms.Backstop is { } backstop) Write(json, backstop);
        if (terms.Halt) json.WriteBoolean("halt", true);
        json.WriteEndObject();
    }

    // Seconds of a month are more than a whole number of the other sections may be.
    private static int Seconds(JsonFields fields, string name)
    {
        decimal value = fields.Decimal(name);

        return value == decimal.Truncate(value) && Math.Abs(value) <= PhaseTerms.MaxSeconds
            ? (int)value
            : throw new InputException(fields.Place(name), $"'{value}' is not a whole number of at most {PhaseTerms.MaxSeconds}");
    }

    private static SliceTerms ReadSlices(JsonFields fields)
    {
        var terms = new SliceTerms(
            fields.Decimal("participation"),
            [.. fields.OptionalObjects("depths").Select(ReadDepth)],
            fields.OptionalDecimal("recoverySeconds") is null ? 0 : Seconds(fields, "recoverySeconds"));
        fields.End();

        return terms;
    }

    private static DepthTerms ReadDepth(JsonFields fields)
    {
        var scope = new AssetScope(fields.OptionalText("asset") is { } name ? new AssetId(name) : null, fields.OptionalName<AssetClass>("class"));
        var line = new DepthTerms(scope, fields.Decimal("notional"), fields.Decimal("distance"));
        fields.End();

        return line;
    }

    private static PhaseCaps ReadCaps(JsonFields fields)
    {
        var caps = new PhaseCaps(fields.OptionalDecimal("account"), fields.OptionalDecimal("venue"), fields.OptionalDecimal("auction"), fields.OptionalDecimal("backstop"));
        fields.End();

        return caps;
    }

    private static AuctionPhaseTerms ReadAuction(JsonFields fields)
    {
        var terms = new AuctionPhaseTerms(
            new AssetId(fields.Text("paidIn")),
            fields.Decimal("startDiscount"),
            fields.Decimal("endDiscount"),
            Seconds(fields, "seconds"),
            Seconds(fields, "stepSeconds"),
            fields.Decimal("leastBid"));
        fields.End();

        return terms;
    }

    private static BackstopTerms ReadBackstop(JsonFields fields)
    {
        var terms = new BackstopTerms(
            new AccountId(fields.Text("account")), fields.Decimal("capital"), fields.Decimal("lossLimit"), fields.Decimal("mostNotional"), fields.Decimal("mostLeverage"));
        fields.End();

        return terms;
    }

    private static void Write(Utf8JsonWriter json, SliceTerms terms)
    {
        json.WriteStartObject("slices");
        json.WriteNumber("participation", terms.Participation);
        if (!terms.Depths.IsEmpty)
        {
            json.WriteStartArray("depths");
            foreach (DepthTerms line in terms.Depths) Write(json, line);
            json.WriteEndArray();
        }

        if (terms.RecoverySeconds > 0) json.WriteNumber("recoverySeconds", terms.RecoverySeconds);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DepthTerms line)
    {
        json.WriteStartObject();
        if (line.Scope.Asset is { } asset) json.WriteString("asset", asset.Value);
        if (line.Scope.Class is { } assetClass) json.WriteString("class", RiskParametersJson.NameOf(assetClass));
        json.WriteNumber("notional", line.Notional);
        json.WriteNumber("distance", line.Distance);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PhaseCaps caps)
    {
        json.WriteStartObject("caps");
        foreach ((string name, decimal? cap) in caps.Lines())
        {
            if (cap is { } most) json.WriteNumber(name, most);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AuctionPhaseTerms terms)
    {
        json.WriteStartObject("auction");
        json.WriteString("paidIn", terms.PaidIn.Value);
        json.WriteNumber("startDiscount", terms.StartDiscount);
        json.WriteNumber("endDiscount", terms.EndDiscount);
        json.WriteNumber("seconds", terms.Seconds);
        json.WriteNumber("stepSeconds", terms.StepSeconds);
        json.WriteNumber("leastBid", terms.LeastBid);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, BackstopTerms terms)
    {
        json.WriteStartObject("backstop");
        json.WriteString("account", terms.Account.Value);
        json.WriteNumber("capital", terms.Capital);
        json.WriteNumber("lossLimit", terms.LossLimit);
        json.WriteNumber("mostNotional", terms.MostNotional);
        json.WriteNumber("mostLeverage", terms.MostLeverage);
        json.WriteEndObject();
    }
}
