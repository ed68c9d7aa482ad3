//! The three files, each in its broker's own words.

use super::market::{Deal, Habits, Random, cents, date, session};
use std::fmt::Write as _;

/// 2025-11-17.
const FIRST_DAY: i64 = 20_409;
/// 2026-11-13.
const LAST_DAY: i64 = 20_770;

/// Name and content of each file.
pub fn all() -> [(&'static str, String); 3] {
    [
        ("interactive-brokers.xml", interactive_brokers()),
        ("tradovate.csv", tradovate()),
        ("generic.csv", generic()),
    ]
}

fn sorted(mut deals: Vec<Deal>) -> Vec<Deal> {
    for deal in &mut deals {
        deal.day = session(deal.day);
    }
    deals.sort_by_key(|deal| (deal.day, deal.second, deal.symbol));
    deals
}

/// Stocks long and short, scale-ins, a flip, one rebate, two positions left open.
fn interactive_brokers() -> String {
    let mut random = Random(7);
    let stock = |symbol, price, swing, shorts| Habits {
        symbol,
        price,
        tick: 1,
        swing,
        lots: (20, 120),
        shorts,
        trips: 12,
        days: (12, 40),
    };
    let habits = [
        stock("AAPL", 26_740, 420, 20),
        stock("MSFT", 50_310, 650, 25),
        stock("NVDA", 18_620, 510, 35),
        stock("AMD", 23_150, 480, 40),
        stock("TSLA", 40_425, 1_150, 50),
        stock("JPM", 30_010, 330, 10),
    ];
    let mut deals: Vec<Deal> =
        habits.iter().flat_map(|h| h.trade(&mut random, FIRST_DAY, LAST_DAY)).collect();
    let deal =
        |day, second, symbol, quantity, price| Deal { day: FIRST_DAY + day, second, symbol, quantity, price };
    // A flip: 200 long become 100 short in one execution, covered later.
    deals.extend([
        deal(58, 36_000, "META", 200, 64_120),
        deal(60, 41_000, "META", -300, 65_280),
        deal(63, 52_000, "META", 100, 64_835),
    ]);
    // Still open at the end.
    deals.extend([
        deal(350, 35_100, "GOOGL", 60, 27_410),
        deal(352, 50_400, "KO", 150, 7_118),
        deal(356, 43_000, "KO", -50, 7_202),
    ]);
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<FlexQueryResponse queryName=\"Trading Journal demo\" type=\"AF\">\n\
         <FlexStatements count=\"1\">\n<FlexStatement accountId=\"U0000001\" fromDate=\"20251117\" toDate=\"20261113\" period=\"\" \
         whenGenerated=\"20261113;203000\">\n<OpenPositions>\n".to_owned();
    for (symbol, position) in [("GOOGL", 60), ("KO", 100)] {
        let _ = writeln!(
            text,
            "<OpenPosition accountId=\"U0000001\" currency=\"USD\" assetCategory=\"STK\" symbol=\"{symbol}\" multiplier=\"1\" \
             reportDate=\"20261113\" position=\"{position}\" side=\"Long\" levelOfDetail=\"SUMMARY\" />"
        );
    }
    text.push_str("</OpenPositions>\n<Trades>\n");
    for (n, deal) in (1..).zip(sorted(deals)) {
        let (year, month, day) = date(deal.day);
        let (side, id) = (if deal.quantity > 0 { "BUY" } else { "SELL" }, format!("{n:06}"));
        // Half a cent a share, a dollar at least; the 40th execution added liquidity and was paid for it.
        let charge = if n == 40 { 24 } else { -(deal.quantity.abs() / 2).max(100) };
        let _ = writeln!(
            text,
            "<Trade accountId=\"U0000001\" currency=\"USD\" assetCategory=\"STK\" symbol=\"{}\" multiplier=\"1\" \
             tradeID=\"{id}\" tradeDate=\"{year:04}{month:02}{day:02}\" \
             dateTime=\"{year:04}{month:02}{day:02};{:02}{:02}{:02}\" quantity=\"{}\" tradePrice=\"{}\" ibCommission=\"{}\" \
             ibCommissionCurrency=\"USD\" buySell=\"{side}\" transactionID=\"7{id}\" ibExecID=\"0000e0d5.{id}.01.01\" \
             levelOfDetail=\"EXECUTION\" />",
            deal.symbol,
            deal.second / 3600,
            deal.second / 60 % 60,
            deal.second % 60,
            deal.quantity,
            cents(deal.price),
            cents(charge),
        );
    }
    text.push_str("</Trades>\n</FlexStatement>\n</FlexStatements>\n</FlexQueryResponse>\n");
    text
}

/// Micro futures, paired as Tradovate pairs them: one row for each matched part, newest first.
fn tradovate() -> String {
    let mut random = Random(11);
    let future = |symbol, price, tick, swing| Habits {
        symbol,
        price,
        tick,
        swing,
        lots: (1, 4),
        shorts: 45,
        trips: 24,
        days: (5, 20),
    };
    let products = [
        ("MNQZ6", "MNQ", "Micro E-mini NASDAQ-100", 2),
        ("MESZ6", "MES", "Micro E-mini S&P 500", 5),
        ("MCLF7", "MCL", "Micro WTI Crude Oil", 100),
    ];
    let habits = [
        future("MNQZ6", 2_512_000, 25, 160),
        future("MESZ6", 678_000, 25, 48),
        future("MCLF7", 6_010, 1, 90),
    ];
    let deals = sorted(habits.iter().flat_map(|h| h.trade(&mut random, FIRST_DAY, LAST_DAY)).collect());
    let mut rows = Vec::new();
    let mut pair = 500_000;
    for (symbol, product, description, point) in products {
        let mut lots: Vec<(i64, usize)> = Vec::new();
        let deals: Vec<(usize, &Deal)> =
            deals.iter().enumerate().filter(|(_, deal)| deal.symbol == symbol).collect();
        for (at, (_, deal)) in deals.iter().enumerate() {
            let mut rest = deal.quantity;
            while rest != 0 && lots.first().is_some_and(|(open, _)| open.signum() != rest.signum()) {
                let Some((open, opener)) = lots.first_mut() else { break };
                let quantity = open.abs().min(rest.abs());
                let (buy, sell) = if rest > 0 { (at, *opener) } else { (*opener, at) };
                if let (Some((b, buy)), Some((s, sell))) = (deals.get(buy), deals.get(sell)) {
                    pair += 1;
                    let pnl = (sell.price - buy.price) * quantity * point;
                    let (year, month, day) = date(deal.day);
                    rows.push(format!(
                        "{pair},{0},{year:04}-{month:02}-{day:02},0,,,,,,DEMO000001,{symbol},{product},{description},-2,0,0.25,{pair},\
                         {1},{2},{quantity},{3},{4},{5},USD,{6},{7}",
                        stamp(deal), 900_001 + b, 900_001 + s, cents(buy.price), cents(sell.price), cents(pnl), stamp(buy), stamp(sell),
                    ));
                }
                *open -= open.signum() * quantity;
                rest -= rest.signum() * quantity;
                if *open == 0 {
                    lots.remove(0);
                }
            }
            if rest != 0 {
                lots.push((rest, at));
            }
        }
    }
    rows.reverse();
    let header = "Position ID,Timestamp,Trade Date,Net Pos,Net Price,Bought,Avg. Buy,Sold,Avg. Sell,Account,Contract,Product,Product \
                  Description,_priceFormat,_priceFormatType,_tickSize,Pair ID,Buy Fill ID,Sell Fill ID,Paired Qty,Buy Price,Sell \
                  Price,P/L,Currency,Bought Timestamp,Sold Timestamp";
    format!("{header}\n{}\n", rows.join("\n"))
}

fn stamp(deal: &Deal) -> String {
    let (year, month, day) = date(deal.day);
    format!(
        "{month:02}/{day:02}/{year:04} {:02}:{:02}:{:02}",
        deal.second / 3600,
        deal.second / 60 % 60,
        deal.second % 60
    )
}

/// Coins in fractions, and two identical fills that are both real.
fn generic() -> String {
    let mut random = Random(23);
    let coin = |symbol, price, swing| Habits {
        symbol,
        price,
        tick: 1,
        swing,
        lots: (5, 60),
        shorts: 0,
        trips: 14,
        days: (9, 34),
    };
    let habits =
        [coin("BTC-USD", 9_512_000, 260_000), coin("ETH-USD", 318_500, 14_000), coin("SOL-USD", 14_160, 900)];
    let deals = sorted(habits.iter().flat_map(|h| h.trade(&mut random, FIRST_DAY, LAST_DAY)).collect());
    let mut text = "timestamp,symbol,side,quantity,price,commission,fees,currency\n".to_owned();
    for deal in deals {
        let side = if deal.quantity > 0 { "buy" } else { "sell" };
        let quantity = deal.quantity.abs();
        // Thousandths of a coin; a fee of ten basis points, in hundred-thousandths of a dollar.
        let fee = quantity * deal.price / 1_000;
        row(
            &mut text,
            &deal,
            side,
            &format!("{}.{:03}", quantity / 1_000, quantity % 1_000),
            &format!("{}.{:05}", fee / 100_000, fee % 100_000),
        );
    }
    let twin = Deal { day: FIRST_DAY + 200, second: 52_000, symbol: "LTC-USD", quantity: 1, price: 8_430 };
    for _ in 0..2 {
        row(&mut text, &twin, "buy", "1.5", "0.12645");
    }
    let exit = Deal { second: 60_000, price: 8_615, ..twin };
    row(&mut text, &exit, "sell", "3.0", "0.25845");
    text
}

fn row(text: &mut String, deal: &Deal, side: &str, quantity: &str, fee: &str) {
    let (year, month, day) = date(deal.day);
    let (hour, minute, second) = (deal.second / 3600, deal.second / 60 % 60, deal.second % 60);
    let _ = writeln!(
        text,
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z,{},{side},{quantity},{},{fee},0.00,USD",
        deal.symbol,
        cents(deal.price)
    );
}
