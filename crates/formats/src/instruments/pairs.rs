//! Pairs of currencies and coins.

/// Currencies that are traded against one another.
const CURRENCIES: [&str; 34] = [
    "USD", "EUR", "GBP", "JPY", "CHF", "AUD", "NZD", "CAD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "TRY",
    "ZAR", "MXN", "SGD", "HKD", "CNH", "CNY", "INR", "KRW", "THB", "ILS", "RUB", "BRL", "RON", "TWD", "AED",
    "SAR", "IDR", "PHP", "CLP",
];
/// Coins that are quoted in.
const QUOTES: [&str; 10] = ["USDT", "USDC", "BUSD", "FDUSD", "TUSD", "DAI", "BTC", "ETH", "BNB", "USDE"];
/// Coins that are known without a separator in the symbol.
const COINS: [&str; 32] = [
    "BTC", "ETH", "SOL", "XRP", "ADA", "DOGE", "LTC", "DOT", "AVAX", "BNB", "BCH", "LINK", "MATIC", "UNI",
    "ATOM", "XLM", "TRX", "ETC", "FIL", "NEAR", "APT", "ARB", "OP", "SUI", "PEPE", "SHIB", "AAVE", "ALGO",
    "XMR", "EOS", "TON", "1INCH",
];
/// Other names of coins (Kraken, `BitMEX`).
const ALIASES: [(&str, &str); 4] = [("XBT", "BTC"), ("XDG", "DOGE"), ("XXBT", "BTC"), ("XXDG", "DOGE")];

/// True for an ISO code of a currency that is traded.
pub(crate) fn is_currency(code: &str) -> bool {
    CURRENCIES.contains(&code)
}

/// True for a well-known coin.
pub(crate) fn coin(code: &str) -> bool {
    COINS.contains(&code)
}

/// The usual code of a coin or currency: `XBT` is `BTC`, `XDG` is `DOGE`.
fn usual(code: &str) -> String {
    let found = ALIASES.iter().find(|(alias, _)| *alias == code);
    found.map_or(code, |(_, name)| *name).to_owned()
}

/// `EURUSD`, `EUR/USD`, `EUR.USD`, `BTC-USD`, `BTC_USDT`, `BTCUSDT`: base and quote, by their usual codes.
pub(crate) fn pair(symbol: &str) -> Option<(String, String)> {
    if let Some((base, quote)) = symbol.split_once(['/', '.', '-', '_']) {
        let (base, quote) = (usual(base), usual(quote));
        let quotes = is_currency(&quote) || QUOTES.contains(&quote.as_str());
        let is_base = !base.is_empty() && base.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        return (quotes && is_base).then_some((base, quote));
    }
    let quotes = QUOTES.iter().chain(&CURRENCIES);
    quotes.into_iter().find_map(|quote| {
        let base = usual(symbol.strip_suffix(quote)?);
        let known = coin(&base) || (is_currency(&base) && is_currency(quote));
        known.then(|| (base, (*quote).to_owned()))
    })
}

/// Kraken: `XXBTZEUR`, `XBTUSDT`, `ALGO/EUR`.
pub(crate) fn kraken_pair(symbol: &str) -> Option<(String, String)> {
    if let (8, Some((base, quote))) = (symbol.len(), symbol.split_at_checked(4))
        && let (Some(base), Some(quote)) = (base.strip_prefix(['X', 'Z']), quote.strip_prefix(['X', 'Z']))
    {
        return Some((usual(base), usual(quote)));
    }
    pair(symbol).or_else(|| {
        let quote = CURRENCIES.iter().chain(&QUOTES).find(|quote| symbol.ends_with(*quote))?;
        let base = symbol.strip_suffix(quote)?;
        (base.len() >= 2).then(|| (usual(base), (*quote).to_owned()))
    })
}

/// A CFD or forex symbol without what brokers put behind it: `EURUSD.x`, `GER40+`, `XAUUSDm`, `EURUSD.pro`.
pub(crate) fn without_broker_suffix(symbol: &str) -> &str {
    let symbol = symbol.trim_end_matches(['+', '#', '!']);
    let (head, tail) = symbol.split_once(['.', '-', '_']).unwrap_or((symbol, ""));
    if !tail.is_empty()
        && tail.len() <= 4
        && head.len() >= 4
        && tail.bytes().all(|b| b.is_ascii_alphanumeric())
        && !is_currency(tail)
    {
        return head;
    }
    let plain = symbol.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    if plain.len() >= 4 && plain.len() + 2 >= symbol.len() { plain } else { symbol }
}
