namespace Plimsoll.Server.Demo;

/// <summary>What the page says of a demo.</summary>
/// <param name="Label">What is played, in a phrase.</param>
/// <param name="Synthetic">Whether the prices are invented rather than recorded.</param>
/// <param name="Speed">Seconds of the venue's time in a second of ours, to begin with; 0 is paused.</param>
/// <param name="Seed">The story's seed: its attestation secret is derived from it and therefore unsafe.</param>
public sealed record DemoInfo(string Label, bool Synthetic, double Speed, long Seed);
