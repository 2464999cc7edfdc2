using System.Security.Cryptography;
using Plimsoll.Units;

namespace Plimsoll.Units.Tests;

public sealed class Hash256Tests
{
    [Fact]
    public void A_hash_is_SHA_256_at_every_length()
    {
        byte[] bytes = new byte[3000];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(((i * 31) + (i >> 8)) & 0xFF);

        for (int length = 0; length <= bytes.Length; length++)
            Hash256.Of(bytes.AsSpan(0, length)).ToArray().ShouldBe(SHA256.HashData(bytes.AsSpan(0, length)), $"{length} bytes");
    }

    [Fact]
    public void Threads_hash_beside_each_other()
    {
        byte[][] texts = [.. Enumerable.Range(0, 64).Select(i => new byte[i * 7])];
        Hash256[] expected = [.. texts.Select(text => new Hash256(SHA256.HashData(text)))];

        Parallel.For(0, 20_000, i => Hash256.Of(texts[i % texts.Length]).ShouldBe(expected[i % texts.Length]));
    }

    [Fact]
    public void The_hash_of_nothing_is_the_one_of_the_standard() =>
        Hash256.Of([]).ToString().ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}
