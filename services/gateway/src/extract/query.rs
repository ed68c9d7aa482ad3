//! A query string that is read in parts: each takes the parameters it knows, and what nobody knows is refused.

use crate::problem::Problem;
use axum::extract::{FromRequestParts, Query as AxumQuery};
use http::request::Parts;
use serde::{
    de::{
        DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Visitor,
        value::{Error, MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};
use std::collections::BTreeMap;

/// The parameters of a request; one may be given several times.
#[derive(Debug)]
pub(crate) struct Query(BTreeMap<String, Vec<String>>);

impl Query {
    /// Of a decoded list of names and values.
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            values.entry(name).or_default().push(value);
        }
        Self(values)
    }

    /// Takes what `T` has fields for.
    pub fn take<T: DeserializeOwned>(&mut self) -> Result<T, Problem> {
        self.take_prefixed("")
    }

    /// Takes what `T` has fields for, each behind a prefix such as `a_`.
    pub fn take_prefixed<T: DeserializeOwned>(&mut self, prefix: &str) -> Result<T, Problem> {
        let mut failed = None;
        let fields = Fields { query: self, prefix, failed: &mut failed };
        T::deserialize(fields).map_err(|error| {
            let reason = error.to_string();
            let named = missing_field(&reason).map(|field| format!("{prefix}{field}"));
            Problem::invalid_field(named.or(failed).as_deref().unwrap_or("query"), reason)
        })
    }

    /// Refuses what no part has taken.
    pub fn finish(self) -> Result<(), Problem> {
        match self.0.into_keys().next() {
            Some(name) => Err(Problem::invalid_field(&name, "is no parameter of this path")),
            None => Ok(()),
        }
    }
}

/// The name in serde's ``missing field `x` ``.
pub(super) fn missing_field(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.strip_suffix('`')
}

/// A struct's fields, taken out of the query.
struct Fields<'a> {
    query: &'a mut Query,
    prefix: &'a str,
    /// The parameter that was read last: the one at fault, if one is.
    failed: &'a mut Option<String>,
}

impl<'de> Deserializer<'de> for Fields<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Error> {
        Err(Error::custom("a query is read into a struct"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let (prefix, query, failed) = (self.prefix, self.query, self.failed);
        let taken = fields.iter().filter_map(|field| {
            let name = format!("{prefix}{field}");
            let values = query.0.remove(&name)?;
            *failed = Some(name);
            Some((*field, Values(values)))
        });
        visitor.visit_map(MapDeserializer::new(taken))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// The values of one parameter: a list takes all of them, anything else exactly one.
struct Values(Vec<String>);

impl Values {
    fn single(self) -> Result<String, Error> {
        let mut values = self.0.into_iter();
        match (values.next(), values.next()) {
            (Some(value), None) => Ok(value),
            _ => Err(Error::custom("must be given once")),
        }
    }
}

impl IntoDeserializer<'_, Error> for Values {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! parsed {
    ($($method:ident => $visit:ident, $expected:literal;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let value = self.single()?.parse().map_err(|_| Error::custom($expected))?;
            visitor.$visit(value)
        }
    )*};
}

impl<'de> Deserializer<'de> for Values {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.single()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new(self.0.into_iter().map(|value| Self(vec![value]))))
    }

    parsed! {
        deserialize_bool => visit_bool, "must be true or false";
        deserialize_u32 => visit_u32, "must be a whole number from 0 to 4294967295";
        deserialize_u64 => visit_u64, "must be a whole number from 0 to 18446744073709551615";
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 u8 u16 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        AxumQuery::try_from_uri(&parts.uri)
            .map(|AxumQuery(pairs)| Self::new(pairs))
            .map_err(|rejection| Problem::invalid_field("query", rejection.body_text()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    struct Part {
        #[serde(default)]
        symbol: Vec<String>,
        limit: Option<u32>,
    }

    #[derive(Debug, Deserialize)]
    struct Other {
        by: String,
    }

    fn query(pairs: &[(&str, &str)]) -> Query {
        Query::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn field(problem: &Problem) -> String {
        let json: serde_json::Value = serde_json::from_str(&problem.to_json()).unwrap();
        json["errors"][0]["field"].as_str().unwrap().to_owned()
    }

    #[test]
    fn each_part_takes_what_it_knows() {
        let mut query =
            query(&[("symbol", "A,B"), ("symbol", "C"), ("by", "hour"), ("a_symbol", "D"), ("limit", "7")]);

        let part: Part = query.take().unwrap();
        let other: Other = query.take().unwrap();
        let prefixed: Part = query.take_prefixed("a_").unwrap();

        assert_eq!((part.symbol, part.limit), (vec!["A,B".to_owned(), "C".to_owned()], Some(7)));
        assert_eq!(other.by, "hour");
        assert_eq!((prefixed.symbol, prefixed.limit), (vec!["D".to_owned()], None));
        assert!(query.finish().is_ok());
    }

    #[test]
    fn the_parameter_at_fault_is_named() {
        assert_eq!(field(&query(&[("limit", "x")]).take::<Part>().unwrap_err()), "limit");
        assert_eq!(field(&query(&[("limit", "1"), ("limit", "2")]).take::<Part>().unwrap_err()), "limit");
        assert_eq!(field(&query(&[("a_limit", "-1")]).take_prefixed::<Part>("a_").unwrap_err()), "a_limit");
        assert_eq!(field(&query(&[]).take::<Other>().unwrap_err()), "by");
        assert_eq!(field(&query(&[("colour", "red")]).finish().unwrap_err()), "colour");
    }
}
