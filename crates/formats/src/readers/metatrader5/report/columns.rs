//! The columns of MetaTrader 5's tables, by their names in nine languages.
//!
//! English, German, Spanish, French, Italian, Portuguese, Polish, Russian and Dutch. What stands in the cells stays English.

use crate::{Cells, Header};

pub(super) const TIME: &[&str] =
    &["time", "zeit", "hora", "fecha/hora", "heure", "ora", "horário", "czas", "время", "tijd"];
pub(super) const POSITION: &[&str] =
    &["position", "posición", "posizione", "posição", "pozycja", "позиция", "positie"];
pub(super) const DEAL: &[&str] = &[
    "deal",
    "geschäft",
    "transacción",
    "transaction",
    "affare",
    "oferta",
    "transakcja",
    "сделка",
    "transactie",
];
pub(super) const ORDER: &[&str] =
    &["order", "auftrag", "orden", "ordre", "ordine", "ordem", "zlecenie", "ордер"];
pub(super) const SYMBOL: &[&str] = &["symbol", "símbolo", "symbole", "simbolo", "ativo", "символ", "symbool"];
pub(super) const TYPE: &[&str] = &["type", "typ", "tipo", "тип"];
pub(super) const DIRECTION: &[&str] =
    &["direction", "richtung", "dirección", "direzione", "direção", "kierunek", "направление", "richting"];
pub(super) const VOLUME: &[&str] = &["volume", "volumen", "wolumen", "объем", "объём"];
pub(super) const PRICE: &[&str] =
    &["price", "preis", "kurs", "precio", "prix", "prezzo", "preço", "cena", "цена", "prijs"];
pub(super) const COMMISSION: &[&str] = &[
    "commission",
    "provision",
    "kommission",
    "comisión",
    "commissione",
    "commissioni",
    "comissão",
    "prowizja",
    "комиссия",
    "commissie",
];
pub(super) const FEE: &[&str] =
    &["fee", "gebühr", "tarifa", "frais", "tassa", "taxa", "opłata", "сбор", "vergoeding"];
pub(super) const SWAP: &[&str] = &["swap", "échange", "своп"];
pub(super) const PROFIT: &[&str] =
    &["profit", "gewinn", "beneficio", "bénéfice", "profitto", "lucro", "zysk", "прибыль", "winst"];
pub(super) const BALANCE: &[&str] = &["balance", "kontostand", "saldo", "solde", "bilancio", "баланс"];
pub(super) const COMMENT: &[&str] = &[
    "comment",
    "kommentar",
    "comentario",
    "commentaire",
    "commento",
    "comentário",
    "komentarz",
    "комментарий",
    "commentaar",
];
const STOP_LOSS: &[&str] = &["s / l", "s/l"];

/// The tables of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    /// Executions and movements of cash.
    Deals,
    /// Closed positions.
    Positions,
    /// Positions that are still open.
    OpenPositions,
    /// Orders, filled and others.
    Orders,
}

impl Table {
    /// The table that a header opens.
    pub fn of(header: &Header) -> Option<Self> {
        let has = |names: &[&str]| names.iter().any(|name| header.index(name).is_some());
        if !(has(SYMBOL) && has(TYPE) && has(VOLUME) && has(PRICE)) {
            return None;
        }
        if has(DEAL) && has(DIRECTION) && has(PROFIT) {
            return Some(Self::Deals);
        }
        if has(POSITION) && has(PROFIT) && has(TIME) {
            let closed = nth(header, TIME, 1).is_some() && nth(header, PRICE, 1).is_some();
            return Some(if closed { Self::Positions } else { Self::OpenPositions });
        }
        (has(ORDER) && has(STOP_LOSS)).then_some(Self::Orders)
    }
}

/// The n-th (from 0) cell among the columns of one name.
pub(super) fn nth_cell<'r>(cells: &Cells<'r>, names: &[&str], n: usize) -> &'r str {
    nth(cells.header, names, n).map_or("", |index| cells.at(index))
}

fn nth(header: &Header, names: &[&str], n: usize) -> Option<usize> {
    names.iter().find_map(|name| header.nth(name, n))
}
