using System.Text;
using System.Text.Json;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Engine.Json;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests.Storms;

/// <summary>JSON from a stranger is a command or one clear error, whatever it is.</summary>
public sealed class WireTests
{
    private const ulong Seed = 20200312;

    private static readonly string[] Poison =
    [
        "null", "NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1e-999", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "{}", "[]", "[[]]", "[null]", "true", "-0", "0.1", "1E5",
        "99999999999999999999999999999999999999999", "\"99999999999999999999999999999999999999999\"", "\"-170141183460469231731687303715884105728\"", "9223372036854775808",
        "{\"type\":\"deposit\"}", "\"$type\"", "{\"$ref\":\"1\"}", "\"NaN\"", "\" 1\"", "\"1e5\"",
    ];

    [Fact]
    public void What_is_written_reads_back_and_is_written_the_same()
    {
        foreach ((byte[] json, bool command) in Corpus()) Rewritten(json, command).ShouldBe(json, Encoding.UTF8.GetString(json));
    }

    [Fact]
    public void Mutated_JSON_is_understood_or_refused_and_nothing_else()
    {
        (byte[] Json, bool Command)[] corpus = [.. Corpus()];
        var chance = new Chance(Seed);
        int understood = 0;
        for (int i = 0; i < 30_000; i++)
        {
            (byte[] json, bool command) = chance.Of(corpus);
            byte[] mutant = json.Length > 4000 && !chance.OneIn(50) ? json[..50] : Mutated(json, chance);
            try
            {
                byte[] canonical = Rewritten(mutant, command);
                Rewritten(canonical, command).ShouldBe(canonical);
                understood++;
            }
            catch (InputException)
            {
                // What it should be when it is not understood.
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"mutant {i} of seed {Seed}: {Encoding.UTF8.GetString(mutant)}", fault);
            }
        }

        understood.ShouldBeGreaterThan(500, "some mutants are still commands, or nothing was tried");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"deposit\",\"account\":\"a\",\"asset\":\"BTC\",\"amount\":\"1\",\"amount\":\"2\"}")]
    [InlineData("{\"type\":\"deposit\",\"type\":\"withdraw\",\"account\":\"a\",\"asset\":\"BTC\",\"amount\":\"1\"}")]
    [InlineData("{\"type\":\"deposit\",\"account\":\"a\",\"asset\":\"BTC\",\"amount\":\"1\",\"more\":1}")]
    [InlineData("{\"type\":\"deposit\",\"account\":\"a\",\"asset\":\"BTC\"}")]
    [InlineData("{\"type\":\"deposit\",\"account\":\"a\",\"asset\":\"BTC\",\"amount\":null}")]
    [InlineData("{\"type\":\"deposit\",\"account\":\"a\",\"asset\":\"BTC\",\"amount\":1}")]
    [InlineData("{\"type\":\"deposit\",\"account\":\"a b\",\"asset\":\"BTC\",\"amount\":\"1\"}")]
    [InlineData("{\"type\":\"deposit\",\"account\":\"a\",\"asset\":\"BTC\",\"amount\":\"1\",\"place\":3}")]
    [InlineData("{\"type\":\"deposit\",\"account\":\"a\",\"asset\":\"BTC\",\"amount\":\"1\"} x")]
    [InlineData("{\"type\":\"steal\",\"account\":\"a\"}")]
    [InlineData("{\"type\":1}")]
    [InlineData("{\"type\":null}")]
    public void What_is_no_command_is_refused(string json) =>
        Should.Throw<InputException>(() => Wire.ReadCommand(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Depth_length_and_broken_text_are_refused_too()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"type\":", 2000));
        string lists = "{\"type\":\"move-prices\",\"assets\":" + new string('[', 100_000);
        string name = $$"""{"type":"open-account","account":"{{new string('a', 1_000_000)}}"}""";
        byte[] broken = [.. "{\"type\":\"open-account\",\"account\":\""u8, 0xC3, 0x28, 0xFF, .. "\"}"u8];
        byte[] brokenName = [.. "{\"type\":\"open-account\",\""u8, 0xC3, 0x28, 0xFF, .. "\":\"a\"}"u8];

        foreach (byte[] json in (byte[][])[Encoding.UTF8.GetBytes(deep), Encoding.UTF8.GetBytes(lists), Encoding.UTF8.GetBytes(name), broken, brokenName])
            Should.Throw<InputException>(() => Wire.ReadCommand(json));
    }

    [Fact]
    public void Names_written_by_hand_give_the_bytes_of_the_serializer()
    {
        foreach ((byte[] json, bool command) in Corpus())
        {
            byte[] slow = command
                ? JsonSerializer.SerializeToUtf8Bytes(Wire.ReadCommand(json), WireContext.Default.Command)
                : JsonSerializer.SerializeToUtf8Bytes(Wire.ReadEvents(json), WireContext.Default.EventArray);

            json.ShouldBe(slow, Encoding.UTF8.GetString(slow));
        }
    }

    [Fact]
    public void What_was_written_stays_as_it_was_however_much_is_written_after_it()
    {
        Command command = new Deposit(new AccountId("a"), new AssetId("BTC"), "1");
        ReadOnlyMemory<byte> first = Wire.Text(command);
        byte[] copy = first.ToArray();
        Event[] many = [.. Enumerable.Range(0, 2000).Select(i => new AccountOpened(new AccountId($"a{i}")))];

        ReadOnlyMemory<byte> large = Wire.Text(many);
        for (int i = 0; i < 1000; i++) Wire.Text(command);

        first.ToArray().ShouldBe(copy);
        Wire.ReadEvents(large.Span).ShouldBe(many);
    }

    private static byte[] Rewritten(byte[] json, bool command) => command ? Wire.Write(Wire.ReadCommand(json)) : Wire.Write(Wire.ReadEvents(json));

    /// <summary>Commands and events of every kind that a storm leads to.</summary>
    private static List<(byte[] Json, bool Command)> Corpus()
    {
        var chance = new Chance(Seed);
        var kernel = new VenueKernel();
        Instant now = Instant.Utc(2020, 3, 11);
        var found = new Dictionary<string, (byte[], bool)>(StringComparer.Ordinal);
        foreach (Command command in RandomCommands.Opening(now, chance)) Do(command);
        Do(new SetParameters(RiskParameters.Default(kernel.State.Catalog)));
        Do(new OpenAccount(new AccountId("liquidity")));
        Do(new Deposit(new AccountId("liquidity"), new AssetId("USDC"), "1000000"));
        var random = new RandomCommands(chance, kernel.State, 12);
        for (int i = 0; i < 1500; i++) Do(random.Next(now));

        return [.. found.Values];

        void Do(Command command)
        {
            now += TimeSpan.FromSeconds(30);
            JournalEntry entry = kernel.Execute(new Envelope(now, Envelope.Venue, new CommandId($"c{kernel.Sequence}"), command), out Outcome outcome);
            found.TryAdd($"{command.GetType().Name} {outcome.Refusal}", (entry.Command.ToArray(), true));
            foreach (Event happened in outcome.Events) found.TryAdd(happened.GetType().Name, (Wire.Write([happened]), false));
        }
    }

    private static byte[] Mutated(byte[] json, Chance chance)
    {
        var text = new List<byte>(json);
        for (int times = 1 + chance.Below(3); times > 0 && text.Count > 2; times--)
        {
            int at = chance.Below(text.Count);
            int length = Math.Min(chance.Below(12), text.Count - at);
            switch (chance.Below(7))
            {
                case 0: text[at] = (byte)chance.Below(256); break;
                case 1: text.RemoveRange(at, length); break;
                case 2: text.InsertRange(at, text.GetRange(at, length)); break;
                case 3: text.Insert(at, (byte)"{}[]\",:0-9eE.\\"[chance.Below(14)]); break;
                case 4: text = Digits(text, at, chance); break;
                default: text = Swapped(text, chance); break;
            }
        }

        return [.. text];
    }

    /// <summary>Another digit where there is one nearby: what stays understood.</summary>
    private static List<byte> Digits(List<byte> text, int at, Chance chance)
    {
        int digit = text.FindIndex(at, c => c is >= (byte)'0' and <= (byte)'9');
        if (digit >= 0) text[digit] = (byte)('0' + chance.Below(10));

        return text;
    }

    /// <summary>Some member's value in exchange for poison.</summary>
    private static List<byte> Swapped(List<byte> text, Chance chance)
    {
        int colon = text.IndexOf((byte)':', chance.Below(text.Count));
        if (colon < 0) return text;

        int end = colon + 1;
        for (int depth = 0; end < text.Count; end++)
        {
            if (text[end] is (byte)'{' or (byte)'[') depth++;
            if (depth == 0 && text[end] is (byte)',' or (byte)'}' or (byte)']') break;
            if (text[end] is (byte)'}' or (byte)']') depth--;
        }

        return [.. text.Take(colon + 1), .. Encoding.UTF8.GetBytes(chance.Of(Poison)), .. text.Skip(end)];
    }
}
