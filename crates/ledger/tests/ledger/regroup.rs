//! Trades as the user cuts them: merges, splits, what does not hold, and what is always conserved.

mod books;
mod entries;
mod laws;
mod merges;
mod splits;
