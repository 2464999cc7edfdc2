using Plimsoll.Units;

namespace Plimsoll.Markets.Prices;

/// <summary>
/// What a feed says of one instrument beyond its index: each part that is given replaces the last one said.
/// </summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="Forward">The price the contract is valued at (for an option: its expiry's forward), in quote units.</param>
/// <param name="Volatility">Annual implied volatility, 0.6 for 60 %; options only.</param>
public sealed record InstrumentQuote(InstrumentIndex Instrument, Price? Forward, double? Volatility);
