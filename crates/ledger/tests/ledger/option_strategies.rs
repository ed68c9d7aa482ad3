//! Option positions as strategy trades: kinds, risk, rolls, totals, and what holds for any legs in any order.

mod formulas;
mod kinds;
mod laws;
mod legs;
mod refusals;
mod risk;
mod rolls;
mod together;
mod totals;
mod unequal;
