//! The tax views: the reference's scenarios, random streams, the rules' edges, and what is always conserved.

mod edges;
mod laws;
mod reference;
mod refusals;
mod rows;
mod streams;
