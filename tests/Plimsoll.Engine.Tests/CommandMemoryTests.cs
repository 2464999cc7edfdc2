using System.Buffers.Binary;
using System.Security.Cryptography;
using Plimsoll.Engine.Tests.Storms;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine.Tests;

public sealed class CommandMemoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(4096)]
    public void The_latest_commands_are_remembered_and_no_other(int capacity)
    {
        const ulong seed = 11;
        var chance = new Chance(seed);
        var memory = new CommandMemory(capacity);
        var order = new List<UInt128>();
        for (int i = 0; i < (3 * capacity) + 100; i++)
        {
            UInt128 key = new((ulong)chance.Below(int.MaxValue), (ulong)i);
            memory.TryFind(key, out _).ShouldBeFalse();
            memory.Remember(key, i);
            order.Add(key);

            int any = chance.Below(order.Count);
            memory.TryFind(order[any], out long sequence).ShouldBe(order.Count - any <= capacity, $"seed {seed}, command {any} after {i}");
            if (order.Count - any <= capacity) sequence.ShouldBe(any);
        }

        for (int i = 0; i < order.Count; i++) memory.TryFind(order[i], out _).ShouldBe(order.Count - i <= capacity);
        memory.Count.ShouldBe(capacity);
    }

    [Fact]
    public void A_command_is_not_remembered_twice()
    {
        var memory = new CommandMemory(4);
        memory.Remember(7, 1);

        Should.Throw<LawBrokenException>(() => memory.Remember(7, 2));
    }

    [Fact]
    public void A_memory_read_back_remembers_the_same_and_forgets_in_the_same_order()
    {
        var memory = new CommandMemory(8);
        for (int i = 0; i < 13; i++) memory.Remember((UInt128)(uint)(i * i) + 5, i);
        var read = new CommandMemory(8);
        read.Read(new StateReader(Bytes(memory)));
        Bytes(read).ShouldBe(Bytes(memory));

        memory.Remember(1000, 13);
        read.Remember(1000, 13);

        Bytes(read).ShouldBe(Bytes(memory));
    }

    [Fact]
    public void A_key_is_the_beginning_of_the_hash_of_both_names()
    {
        byte[] hash = SHA256.HashData("alice\nfirst"u8);

        CommandMemory.KeyOf(new AccountId("alice"), new CommandId("first")).ShouldBe(BinaryPrimitives.ReadUInt128LittleEndian(hash));
    }

    private static byte[] Bytes(CommandMemory memory)
    {
        using StateWriter writer = StateWriter.ToMemory();
        memory.Write(writer);

        return writer.ToArray();
    }
}
