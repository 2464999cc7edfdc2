using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Hedging;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.Margin.Rulebooks;
using Plimsoll.Risk.Thresholds;
using Plimsoll.Risk.WhatIf;
using Plimsoll.Units;

namespace Plimsoll.Cli.Books;

/// <summary>
/// A book file against a market file: the market is listed and priced by the same commands a venue would take, and the
/// accounts are judged by the same code.
/// </summary>
internal sealed class JudgedBook
{
    private readonly VenueKernel _market = new();
    private readonly SparseRows _positions = new();
    private readonly SparseRows _money = new();
    private readonly Dictionary<(int Account, int Instrument), double> _costs = [];
    private readonly string _marketPath;
    private readonly string _bookPath;
    private int _next;

    private JudgedBook(string marketPath, string bookPath) => (_marketPath, _bookPath) = (marketPath, bookPath);

    /// <summary>The accounts, in the order of the file.</summary>
    public IReadOnlyList<string> Accounts { get; private set; } = [];

    /// <summary>The market as the venue knows it.</summary>
    public VenueState Market => _market.State;

    private MarginModel Model => Market.Judgement.Model!;

    /// <summary>Reads both files and judges.</summary>
    /// <param name="bookPath">The book file.</param>
    /// <param name="marketPath">The market file.</param>
    /// <param name="parametersPath">Risk parameters; none for the house's own.</param>
    /// <exception cref="InputException">A file cannot be used: which, where, and what was expected.</exception>
    public static JudgedBook Read(string bookPath, string marketPath, string? parametersPath)
    {
        var book = new JudgedBook(marketPath, bookPath);
        book.List(StrictJson.Read<MarketFile>(marketPath), parametersPath);
        book.Fill(StrictJson.Read<BookFile>(bookPath));

        return book;
    }

    /// <summary>Reads a market file alone: what is listed and what it is worth, and nobody who holds it.</summary>
    /// <exception cref="InputException">The file cannot be used: where, and what was expected.</exception>
    public static JudgedBook List(string marketPath)
    {
        var book = new JudgedBook(marketPath, "");
        book.List(StrictJson.Read<MarketFile>(marketPath), null);

        return book;
    }

    /// <summary>The verdict on an account.</summary>
    public Verdict Verdict(int account) => Judge.Account(account, _positions, _money, Market.Judgement.Responses!, Model);

    /// <summary>How it came about.</summary>
    public Explanation Explain(int account) => Judge.Explain(account, _positions, _money, Market.Judgement.Responses!, Model);

    /// <summary>Some accounts together, as what is to be hedged.</summary>
    public HedgeBook Hedged(IEnumerable<int> accounts) => HedgeBook.Of(accounts, _positions, _money, Model, Market.Market);

    /// <summary>One account, to ask what would become of it.</summary>
    public WhatIfBook Book(int account) => WhatIfBook.Of(account, _positions, _money);

    /// <summary>The liquidation of an account as it would go from now on if no price moved.</summary>
    /// <param name="account">The account.</param>
    /// <param name="insurance">What the insurance may give, in the numeraire: a book file has none of its own.</param>
    /// <param name="most">The most slices to look ahead.</param>
    public LiquidationForecast Forecast(int account, double insurance, int most)
    {
        var lots = new OpenLots[_positions.Columns(account).Length];
        for (int p = 0; p < lots.Length; p++)
        {
            var instrument = new InstrumentIndex(_positions.Columns(account)[p]);
            double count = Math.Round(_positions.Values(account)[p] / (double)Market.Catalog[instrument].LotSize);
            lots[p] = new OpenLots(instrument, new Lots((long)count));
        }

        return LiquidationForecast.Of(account, lots, _money, Market.Judgement.Responses!, Model, insurance, most);
    }

    /// <summary>Who answers what would become of an account.</summary>
    public WhatIfDesk Desk() => new(Market.Market, Model, Market.Judgement.Responses!);

    /// <summary>Who draws the liquidation maps of all accounts.</summary>
    public VenueThresholds Thresholds() => new(_positions, _money, Market.Market, Model);

    /// <summary>The account of a name; of a book of one account that one where no name is given.</summary>
    /// <exception cref="InputException">There is no such account, or a name is needed.</exception>
    public int Named(string? name)
    {
        if (name is null && Accounts.Count == 1) return 0;
        if (name is null) throw new InputException("--account", $"the book has {Accounts.Count} accounts, expected the name of one: {string.Join(", ", Accounts.Take(5))}{(Accounts.Count > 5 ? ", …" : "")}");
        int at = Accounts.ToList().IndexOf(name);

        return at >= 0 ? at : throw new InputException("--account", $"the book has no account {name}");
    }

    /// <summary>All accounts, as what is exposed.</summary>
    public ExposedBook Exposed() => new(Market, Accounts, _positions, _money, IsVenue: false);

    /// <summary>Where each underlying the account depends on would take it below maintenance.</summary>
    public IEnumerable<(AssetId Underlying, double Price, LiquidationPrices Found)> LiquidationPrices(int account)
    {
        foreach (int asset in Underlyings(account))
        {
            var index = new AssetIndex(asset);
            if (Market.Catalog[index].Class is AssetClass.Stable or AssetClass.Fiat) continue;

            yield return (Market.Catalog[index].Id, Market.Market.PriceOf(index), LiquidationPrice.Solve(account, index, _positions, _money, Market.Market, Model));
        }
    }

    /// <summary>The account in no rulebook's own terms, to be asked about elsewhere.</summary>
    public Portfolio Portfolio(int account)
    {
        int[] instruments = _positions.Columns(account).ToArray();
        double[] sizes = _positions.Values(account).ToArray();
        int[] assets = _money.Columns(account).ToArray();
        double[] coins = _money.Values(account).ToArray();

        return Risk.Margin.Rulebooks.Portfolio.Of(
            Market.Catalog,
            Market.Market,
            [.. instruments.Select((instrument, p) => (new InstrumentIndex(instrument), sizes[p], _costs.GetValueOrDefault((account, instrument))))],
            assets.Zip(coins).ToDictionary(pair => new AssetIndex(pair.First), pair => pair.Second));
    }

    /// <summary>The assets the account depends on whose price moves freely, in the order of the market file.</summary>
    public IEnumerable<int> Movable(int account) =>
        Underlyings(account).Where(asset => Market.Catalog[new AssetIndex(asset)].Class is not (AssetClass.Stable or AssetClass.Fiat));

    private IEnumerable<int> Underlyings(int account) => _positions.Columns(account).ToArray()
        .Select(instrument => Market.Catalog[new InstrumentIndex(instrument)].Underlying.Value)
        .Concat(_money.Columns(account).ToArray())
        .Distinct()
        .Order();

    private void List(MarketFile market, string? parametersPath)
    {
        if (!Instant.TryParse(market.At, out Instant at)) throw new InputException($"{_marketPath} at", $"found '{market.At}', expected a time such as 2020-03-12T09:00:00Z");

        for (int i = 0; i < market.Assets.Count; i++)
        {
            MarketAsset asset = market.Assets[i];
            string place = $"{_marketPath} assets[{i}]";
            AssetId? follows = asset.Follows is { } followed ? Named(place, "follows", followed) : null;
            Ask(at, place, new ListAsset(Named(place, "asset", asset.Asset), asset.Decimals, asset.Class, follows));
        }

        for (int i = 0; i < market.Instruments.Count; i++)
        {
            MarketInstrument line = market.Instruments[i];
            string place = $"{_marketPath} instruments[{i}]";
            Ask(at, place, new ListInstrument(NamedInstrument(place, line.Instrument), line.Payoff, Named(place, "settlement", line.Settlement), line.LotSize, line.LotSize));
        }

        Ask(at, parametersPath ?? _marketPath, new SetParameters(Parameters(parametersPath)));
        Ask(at, $"{_marketPath} prices", new MovePrices(
            [.. market.Assets.Select(a => new AssetPrice(new AssetId(a.Asset), a.Price, at, 0, new AccountId("file")))],
            [.. market.Instruments.Where(i => i.Forward is not null || i.Volatility is not null).Select(i => new InstrumentPrice(new InstrumentId(i.Instrument), i.Forward, i.Volatility))]));
    }

    private RiskParameters Parameters(string? path)
    {
        if (path is null) return RiskParameters.Default(Market.Catalog);
        if (!File.Exists(path)) throw new InputException(path, "there is no such file");

        try
        {
            return RiskParameters.FromJson(File.ReadAllBytes(path));
        }
        catch (InputException fault)
        {
            throw new InputException(path, fault.Message, fault);
        }
    }

    private void Fill(BookFile book)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        _positions.EnsureRows(book.Accounts.Count);
        _money.EnsureRows(book.Accounts.Count);
        for (int a = 0; a < book.Accounts.Count; a++)
        {
            BookAccount account = book.Accounts[a];
            string place = $"{_bookPath} accounts[{a}]";
            if (!Identifier.IsValid(account.Account)) throw new InputException($"{place}.account", $"'{account.Account}' is not a name of 1 to 64 of A-Z a-z 0-9 . _ -");
            if (!names.Add(account.Account)) throw new InputException($"{place}.account", $"{account.Account} is named twice");

            var carry = new SortedDictionary<int, Amount>();
            AddAll(place, "balances", account.Balances, carry, sign: 1);
            AddAll(place, "loans", account.Loans, carry, sign: -1);
            SortedDictionary<int, double> held = Positions(a, place, account.Positions ?? [], carry);
            _positions.ReplaceRow(a, [.. held.Keys], [.. held.Values]);
            _money.ReplaceRow(a, [.. carry.Keys], [.. carry.Select(c => Market.Catalog[new AssetIndex(c.Key)].Scale.ToModel(c.Value))]);
        }

        Accounts = [.. book.Accounts.Select(account => account.Account)];
    }

    private void AddAll(string place, string field, IReadOnlyDictionary<string, string>? amounts, SortedDictionary<int, Amount> carry, int sign)
    {
        foreach ((string name, string text) in amounts ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            string at = $"{place}.{field}.{name}";
            if (!Identifier.IsValid(name) || !Market.Catalog.TryFind(new AssetId(name), out AssetIndex asset)) throw new InputException(at, "the market file lists no such asset");
            if (!Market.Catalog[asset].Scale.TryParse(text, out Amount amount)) throw new InputException(at, $"'{text}' is not a decimal number with at most {Market.Catalog[asset].Scale.Decimals} decimals");
            if (sign < 0 && amount.Sign < 0) throw new InputException(at, $"found {text}, expected what is owed, 0 or more");

            carry[asset.Value] = carry.GetValueOrDefault(asset.Value) + (sign > 0 ? amount : -amount);
        }
    }

    private SortedDictionary<int, double> Positions(int account, string place, IReadOnlyList<BookPosition> positions, SortedDictionary<int, Amount> carry)
    {
        var held = new SortedDictionary<int, double>();
        for (int p = 0; p < positions.Count; p++)
        {
            BookPosition position = positions[p];
            string at = $"{place}.positions[{p}]";
            if (!Market.Catalog.TryFind(NamedInstrument(at, position.Instrument), out InstrumentIndex index, out Instrument? terms)) throw new InputException($"{at}.instrument", $"the market file lists no {position.Instrument}");
            if (!terms.HasPositions) throw new InputException($"{at}.instrument", $"{position.Instrument} is spot and leaves no position");
            if (!Lots.TryFrom(position.Size, terms.LotSize, out Lots lots) || lots.IsZero) throw new InputException($"{at}.size", $"found {position.Size}, expected a whole number of lots of {terms.LotSize}, not 0");
            if (position.Entry is { } given && given is < Price.Min or > Price.Max) throw new InputException($"{at}.entry", $"found {position.Entry}, expected a price above 0");
            if (!held.TryAdd(index.Value, (double)lots.ToSize(terms.LotSize))) throw new InputException($"{at}.instrument", $"{position.Instrument} is held twice");
            if (terms.PaysPremium) continue;

            Price entry = position.Entry is { } price ? new Price(price) : Market.MarkOf(index);
            Amount cost = Market.Worth(index, lots, entry, Rounding.Nearest);
            carry[terms.Settlement.Value] = carry.GetValueOrDefault(terms.Settlement.Value) - cost;
            _costs[(account, index.Value)] = Market.Catalog[terms.Settlement].Scale.ToModel(cost);
        }

        return held;
    }

    private void Ask(Instant at, string place, Command command)
    {
        _market.Execute(new Envelope(at, Envelope.Venue, new CommandId($"m{_next++}"), command), out Outcome outcome);
        if (!outcome.Accepted) throw new InputException(place, outcome.Detail ?? Sentence(outcome.Refusal));
    }

    private static string Sentence(Refusal refusal) => refusal switch
    {
        Refusal.AssetExists or Refusal.InstrumentExists => "is listed twice",
        Refusal.InstrumentExpired => "has expired at the time of the market file",
        Refusal.AssetUnknown => "names an asset that is not listed",
        Refusal.PriceInvalid => "expected a price above 0",
        _ => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(refusal.ToString()).Replace('-', ' '),
    };

    private static AssetId Named(string place, string field, string name) =>
        Identifier.IsValid(name) ? new AssetId(name) : throw new InputException($"{place}.{field}", $"'{name}' is not a name of 1 to 64 of A-Z a-z 0-9 . _ -");

    private static InstrumentId NamedInstrument(string place, string name) =>
        Identifier.IsValid(name) ? new InstrumentId(name) : throw new InputException($"{place}.instrument", $"'{name}' is not a name like BTC-PERPETUAL");
}
