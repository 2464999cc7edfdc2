using System.Text.Json;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Terms;

/// <summary>The JSON form of the section <c>breakers</c>; where it says nothing it is not written.</summary>
internal static class BreakerTermsJson
{
    public static BreakerTerms Read(JsonFields fields)
    {
        if (fields.OptionalObject("breakers") is not { } section) return BreakerTerms.None;

        var terms = new BreakerTerms
        {
            Lines = [.. section.OptionalObjects("lines").Select(ReadLine)],
            Throttles = section.OptionalObject("throttles") is { } throttles ? ReadThrottles(throttles) : null,
            Venue = section.OptionalObject("venue") is { } venue ? ReadVenue(venue) : null,
        };
        section.End();

        return terms;
    }

    public static void Write(Utf8JsonWriter json, BreakerTerms terms)
    {
        if (terms.IsNone) return;

        json.WriteStartObject("breakers");
        if (!terms.Lines.IsEmpty)
        {
            json.WriteStartArray("lines");
            foreach (BreakerLine line in terms.Lines) Write(json, line);
            json.WriteEndArray();
        }

        if (terms.Throttles is { } throttles)
        {
            json.WriteStartObject("throttles");
            json.WriteNumber("periodSeconds", throttles.PeriodSeconds);
            Write(json, "liquidation", throttles.Liquidation);
            Write(json, "adl", throttles.Adl);
            json.WriteEndObject();
        }

        if (terms.Venue is { } venue)
        {
            json.WriteStartObject("venue");
            Write(json, "coverage", venue.Coverage);
            Write(json, "fundPart", venue.FundPart);
            Write(json, "fundLevel", venue.FundLevel);
            json.WriteNumber("pauseSeconds", venue.PauseSeconds);
            json.WriteNumber("openSeconds", venue.OpenSeconds);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static BreakerLine ReadLine(JsonFields fields)
    {
        var line = new BreakerLine(
            fields.OptionalText("instrument") is { } name ? new InstrumentId(name) : null,
            fields.OptionalName<AssetClass>("class"),
            fields.OptionalObject("static") is { } still ? ReadBand(still) : null,
            fields.OptionalObject("dynamic") is { } moving ? ReadBand(moving) : null,
            fields.Whole("pauseSeconds"),
            fields.Whole("auctionSeconds"),
            fields.Whole("openSeconds"),
            fields.OptionalObject("escalation") is { } row ? ReadEscalation(row) : null);
        fields.End();

        return line;
    }

    private static BandTerms ReadBand(JsonFields fields)
    {
        var band = new BandTerms(fields.Decimal("width"), fields.Whole("seconds"));
        fields.End();

        return band;
    }

    private static EscalationTerms ReadEscalation(JsonFields fields)
    {
        var row = new EscalationTerms(fields.Decimal("factor"), fields.Whole("seconds"), fields.Whole("mostSeconds"));
        fields.End();

        return row;
    }

    private static ThrottleTerms ReadThrottles(JsonFields fields)
    {
        var terms = new ThrottleTerms(fields.Whole("periodSeconds"), fields.OptionalDecimal("liquidation"), fields.OptionalDecimal("adl"));
        fields.End();

        return terms;
    }

    private static VenueBreakerTerms ReadVenue(JsonFields fields)
    {
        var terms = new VenueBreakerTerms(
            fields.OptionalDecimal("coverage"), fields.OptionalDecimal("fundPart"), fields.OptionalDecimal("fundLevel"), fields.Whole("pauseSeconds"), fields.Whole("openSeconds"));
        fields.End();

        return terms;
    }

    private static void Write(Utf8JsonWriter json, BreakerLine line)
    {
        json.WriteStartObject();
        if (line.Instrument is { } instrument) json.WriteString("instrument", instrument.Value);
        if (line.Class is { } named) json.WriteString("class", RiskParametersJson.NameOf(named));
        Write(json, "static", line.Static);
        Write(json, "dynamic", line.Dynamic);
        json.WriteNumber("pauseSeconds", line.PauseSeconds);
        json.WriteNumber("auctionSeconds", line.AuctionSeconds);
        json.WriteNumber("openSeconds", line.OpenSeconds);
        if (line.Escalation is { } row)
        {
            json.WriteStartObject("escalation");
            json.WriteNumber("factor", row.Factor);
            json.WriteNumber("seconds", row.Seconds);
            json.WriteNumber("mostSeconds", row.MostSeconds);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, BandTerms? band)
    {
        if (band is null) return;

        json.WriteStartObject(name);
        json.WriteNumber("width", band.Width);
        json.WriteNumber("seconds", band.Seconds);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } given) json.WriteNumber(name, given);
    }
}
