using System.Security.Cryptography;
using System.Text;
using Plimsoll.Units.State;
using Plimsoll.Units.Tests;

namespace Plimsoll.Units.Tests.State;

public sealed class StateTests
{
    [Fact]
    public void Every_primitive_reads_back_and_lies_little_endian()
    {
        using StateWriter writer = StateWriter.ToMemory();
        writer.Section("TEST", 3);
        writer.WriteBool(true);
        writer.WriteInt(0x01020304);
        writer.WriteInt128(-2);
        writer.WriteDecimal(-1.50m);
        writer.WriteText("Füße");
        writer.WriteHash(Hash256.Of("x"u8));
        writer.WriteInstant(new(7));
        writer.WriteLots(new(-8));
        writer.WriteAmount(new(9));
        writer.WriteDouble(-0.0);
        writer.WriteBytes([1, 2]);

        byte[] bytes = writer.ToArray();
        bytes[..11].ShouldBe([(byte)'T', (byte)'E', (byte)'S', (byte)'T', 3, 0, 1, 4, 3, 2, 1]);
        StateReader reader = new(bytes);
        reader.Section("TEST", 3).ShouldBe((ushort)3);
        reader.ReadBool().ShouldBeTrue();
        reader.ReadInt().ShouldBe(0x01020304);
        reader.ReadInt128().ShouldBe(-2);
        reader.ReadDecimal().ShouldBe(-1.5m);
        reader.ReadText(10).ShouldBe("Füße");
        reader.ReadHash().ShouldBe(Hash256.Of("x"u8));
        reader.ReadInstant().ShouldBe(new(7));
        reader.ReadLots().ShouldBe(new(-8));
        reader.ReadAmount().ShouldBe(new(9));
        double.IsNegative(reader.ReadDouble()).ShouldBeTrue();
        reader.ReadBytes().ToArray().ShouldBe([1, 2]);
        reader.ExpectEnd();
        writer.Length.ShouldBe(bytes.Length);
    }

    [Fact]
    public void A_hash_without_bytes_is_the_hash_of_the_bytes() => Seeded.Holds(20, chance =>
    {
        using StateWriter memory = StateWriter.ToMemory();
        using StateWriter hash = StateWriter.ToHash();
        using MemoryStream stream = new();
        using StateWriter streamed = StateWriter.ToStream(stream);
        ulong seed = chance.Next();
        foreach (StateWriter writer in (StateWriter[])[memory, hash, streamed]) WriteMuch(writer, new Seeded(seed));

        byte[] bytes = memory.ToArray();
        streamed.Flush();

        stream.ToArray().ShouldBe(bytes);
        memory.Hash().ShouldBe(new Hash256(SHA256.HashData(bytes)));
        hash.Hash().ShouldBe(memory.Hash());
        streamed.Hash().ShouldBe(memory.Hash());
        hash.Length.ShouldBe(bytes.Length);
    });

    [Fact]
    public void A_hash_may_be_asked_for_on_the_way()
    {
        using StateWriter writer = StateWriter.ToHash();
        writer.WriteSpan("ab"u8);
        writer.Hash().ShouldBe(Hash256.Of("ab"u8));
        writer.WriteSpan("c"u8);

        writer.Hash().ToString().ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    [Fact]
    public void Equal_values_have_equal_bytes()
    {
        Encoded(w => w.WriteDecimal(1.50m)).ShouldBe(Encoded(w => w.WriteDecimal(1.5m)));
        Encoded(w => w.WriteDecimal(-0.0m)).ShouldBe(Encoded(w => w.WriteDecimal(0m)));
        Encoded(w => w.WriteDouble(-double.NaN)).ShouldBe(Encoded(w => w.WriteDouble(BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0001))));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_not_written() => Should.Throw<EncoderFallbackException>(() => Encoded(w => w.WriteText("\ud800")));

    [Fact]
    public void Truncated_anywhere_it_is_refused()
    {
        byte[] bytes = Encoded(w => WriteMuch(w, new Seeded(1), rounds: 1));

        for (int length = 0; length < bytes.Length; length++)
        {
            StateReader reader = new(bytes.AsMemory(0, length));
            Should.Throw<InputException>(() => ReadMuch(reader));
        }
    }

    [Fact]
    public void What_a_writer_would_not_write_is_refused()
    {
        Refused([2], r => r.ReadBool());
        Refused([.. "LEDX"u8, 1, 0], r => r.Section("LEDG", 1));
        Refused([.. "LEDG"u8, 2, 0], r => r.Section("LEDG", 1));
        Refused([.. "LEDG"u8, 0, 0], r => r.Section("LEDG", 1));
        Refused([10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0], r => r.ReadDecimal());
        Refused([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80], r => r.ReadDecimal());
        Refused([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 29, 0], r => r.ReadDecimal());
        Refused([1, 0, 0, 0, 0, 0, 0xF8, 0x7F], r => r.ReadDouble());
        Refused([0, 0, 0, 0, 0, 0, 0xF8, 0xFF], r => r.ReadDouble());
        Refused([0xFF, 0xFF, 0xFF, 0xFF], r => r.ReadCount(1));
        Refused([0xFF, 0xFF, 0xFF, 0x7F, 0], r => r.ReadCount(1));
        Refused([2, 0, 0, 0, 1, 2, 3], r => r.ReadCount(2));
        Refused([2, 0, 0, 0, 0xC3, 0x28], r => r.ReadText(100));
        Refused([3, 0, 0, 0, 1, 2, 3], r => r.ReadText(2));
        Refused([0], r => r.ExpectEnd());
    }

    [Fact]
    public void Columns_read_back()
    {
        int[] ints = [1, -2, int.MinValue];
        long[] longs = [1, -2, long.MinValue];
        double[] doubles = [1.5, double.NaN, double.Epsilon];
        StateReader reader = new(Encoded(w =>
        {
            w.WriteSpan(ints);
            w.WriteSpan(longs);
            w.WriteSpan(doubles);
        }));

        (int[] i, long[] l, double[] d) = (new int[3], new long[3], new double[3]);
        reader.ReadSpan(i);
        reader.ReadSpan(l);
        reader.ReadSpan(d);

        i.ShouldBe(ints);
        l.ShouldBe(longs);
        d.ShouldBe(doubles);
        reader.Remaining.ShouldBe(0);
    }

    [Fact]
    public void A_hash_survives_text_of_either_case()
    {
        Hash256 hash = Hash256.Of("abc"u8);

        Hash256.Parse(hash.ToString().ToUpperInvariant()).ShouldBe(hash);
        new Hash256(hash.ToArray()).ShouldBe(hash);
        hash.ShouldNotBe(Hash256.Zero);
        Hash256.Zero.IsZero.ShouldBeTrue();
        Hash256.Zero.ToString().ShouldBe(new string('0', 64));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(" a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0")]
    public void A_text_that_is_no_hash_is_refused(string text)
    {
        Hash256.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<InputException>(() => Hash256.Parse(text));
        Should.Throw<InputException>(() => new Hash256(new byte[31]));
    }

    private static void Refused(byte[] bytes, Action<StateReader> read) => Should.Throw<InputException>(() => read(new StateReader(bytes)));

    private static byte[] Encoded(Action<StateWriter> write)
    {
        using StateWriter writer = StateWriter.ToMemory();
        write(writer);

        return writer.ToArray();
    }

    private static void WriteMuch(StateWriter writer, Seeded chance, int rounds = 3000)
    {
        for (int i = 0; i < rounds; i++)
        {
            writer.WriteUShort((ushort)chance.Below(65_536));
            writer.WriteLong(unchecked((long)chance.Next()));
            writer.WriteInt128(chance.Units(120));
            writer.WriteDecimal(chance.Decimal());
            writer.WriteText(new string('é', chance.Below(40)));
        }

        if (rounds > 1) writer.WriteText(new string('ß', 100_000));
        if (rounds > 1) writer.WriteBytes(new byte[200_000]);
    }

    private static void ReadMuch(StateReader reader)
    {
        reader.ReadUShort();
        reader.ReadLong();
        reader.ReadInt128();
        reader.ReadDecimal();
        reader.ReadText(100);
    }
}
