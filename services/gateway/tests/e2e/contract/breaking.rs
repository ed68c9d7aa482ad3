//! What a client of an older document cannot live with in a newer one.

use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Deeper, schemas only repeat themselves.
const DEEPEST: usize = 12;

/// Every breaking change, each with the place where it is.
pub fn changes(old: &Value, new: &Value) -> Vec<String> {
    let mut found = Found { old, new, changes: Vec::new() };
    for (path, item) in object(&old["paths"]) {
        for (method, operation) in object(item) {
            let place = format!("{} {path}", method.to_uppercase());
            match new["paths"].get(path).and_then(|item| item.get(method)) {
                Some(other) => found.operation(&place, operation, other),
                None => found.tell(&place, "is gone"),
            }
        }
    }
    found.changes
}

struct Found<'a> {
    old: &'a Value,
    new: &'a Value,
    changes: Vec<String>,
}

/// A schema with its parts and alternatives taken together.
#[derive(Debug, Default)]
struct Shape<'a> {
    /// Empty: any.
    types: BTreeSet<String>,
    words: Option<BTreeSet<String>>,
    fields: Map<String, Value>,
    required: BTreeSet<String>,
    items: Option<&'a Value>,
}

fn object(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

impl Found<'_> {
    fn tell(&mut self, place: &str, change: &str) {
        self.changes.push(format!("{place} {change}"));
    }

    fn operation(&mut self, place: &str, old: &Value, new: &Value) {
        self.parameters(place, old, new);
        self.request(place, &old["requestBody"], &new["requestBody"]);
        for (status, answer) in object(&old["responses"]).filter(|(status, _)| status.starts_with('2')) {
            let other = resolved(self.new, &new["responses"][status]);
            if other.is_null() {
                self.tell(place, &format!("does not answer {status} any more"));
                continue;
            }
            for (kind, content) in object(&resolved(self.old, answer)["content"]) {
                let place = format!("{place} {status}");
                match other["content"].get(kind) {
                    Some(other) => self.answer(&place, &content["schema"], &other["schema"], 0),
                    None => self.tell(&place, &format!("is not {kind} any more")),
                }
            }
        }
        if old["security"].is_null() && !new["security"].is_null() {
            self.tell(place, "wants a token");
        }
    }

    fn parameters(&mut self, place: &str, old: &Value, new: &Value) {
        let name = |parameter: &Value| format!("{} {}", parameter["in"], parameter["name"]);
        let named = |all: &Value, wanted: &str| list(all).find(|one| name(one) == wanted).cloned();
        for parameter in list(&old["parameters"]) {
            let place = format!("{place} {}", name(parameter));
            match named(&new["parameters"], &name(parameter)) {
                Some(other) => self.input(&place, &parameter["schema"], &other["schema"], 0),
                // What is not known is refused, but for headers.
                None if parameter["in"] != "header" => self.tell(&place, "is gone"),
                None => {}
            }
        }
        for parameter in list(&new["parameters"]).filter(|parameter| parameter["required"] == true) {
            let before = named(&old["parameters"], &name(parameter));
            if before.is_none_or(|before| before["required"] != true) {
                self.tell(place, &format!("wants {}", name(parameter)));
            }
        }
    }

    fn request(&mut self, place: &str, old: &Value, new: &Value) {
        if new["required"] == true && old["required"] != true {
            self.tell(place, "wants a body");
        }
        for (kind, content) in object(&old["content"]) {
            match new["content"].get(kind) {
                Some(other) => self.input(&format!("{place} body"), &content["schema"], &other["schema"], 0),
                None => self.tell(place, &format!("does not take {kind} any more")),
            }
        }
    }

    /// What a client sends: everything that was fine must be.
    fn input(&mut self, place: &str, old: &Value, new: &Value, depth: usize) {
        let (before, after) = (shape(self.old, old, 0), shape(self.new, new, 0));
        let is_narrower =
            !after.types.is_empty() && (before.types.is_empty() || !before.types.is_subset(&after.types));
        if is_narrower {
            self.tell(place, &format!("takes {:?} instead of {:?}", after.types, before.types));
        }
        if let Some(words) = &after.words
            && before.words.as_ref().is_none_or(|before| !before.is_subset(words))
        {
            self.tell(place, "does not take every word any more");
        }
        for name in after.required.difference(&before.required) {
            self.tell(place, &format!("wants the field {name}"));
        }
        for (name, field) in &before.fields {
            match after.fields.get(name) {
                Some(other) if depth < DEEPEST => {
                    self.input(&format!("{place}.{name}"), field, other, depth + 1);
                }
                Some(_) => {}
                None => self.tell(place, &format!("does not take the field {name} any more")),
            }
        }
        if let (Some(before), Some(after), true) = (before.items, after.items, depth < DEEPEST) {
            self.input(&format!("{place}[]"), before, after, depth + 1);
        }
    }

    /// What a client is told: everything that was there must be, and mean the same.
    fn answer(&mut self, place: &str, old: &Value, new: &Value, depth: usize) {
        let (before, after) = (shape(self.old, old, 0), shape(self.new, new, 0));
        let is_wider =
            !before.types.is_empty() && (after.types.is_empty() || !after.types.is_subset(&before.types));
        if is_wider {
            self.tell(place, &format!("is {:?} instead of {:?}", after.types, before.types));
        }
        for (name, field) in &before.fields {
            match after.fields.get(name) {
                Some(other) if depth < DEEPEST => {
                    self.answer(&format!("{place}.{name}"), field, other, depth + 1);
                }
                Some(_) => {}
                None => self.tell(place, &format!("has no field {name} any more")),
            }
        }
        for name in before.required.difference(&after.required) {
            if after.fields.contains_key(name) {
                self.tell(place, &format!("may leave out the field {name}"));
            }
        }
        if let (Some(before), Some(after), true) = (before.items, after.items, depth < DEEPEST) {
            self.answer(&format!("{place}[]"), before, after, depth + 1);
        }
    }
}

fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#')) {
        Some(pointer) => document.pointer(pointer).unwrap_or(&Value::Null),
        None => value,
    }
}

fn shape<'a>(document: &'a Value, schema: &'a Value, depth: usize) -> Shape<'a> {
    let schema = resolved(document, schema);
    let mut shape = Shape::default();
    let types = &schema["type"];
    shape
        .types
        .extend(types.as_str().into_iter().chain(list(types).filter_map(Value::as_str)).map(str::to_owned));
    if let Some(words) = schema["enum"].as_array() {
        shape.words = Some(words.iter().map(Value::to_string).collect());
    }
    shape.fields.extend(object(&schema["properties"]).map(|(name, field)| (name.clone(), field.clone())));
    shape.required.extend(list(&schema["required"]).filter_map(Value::as_str).map(str::to_owned));
    shape.items = schema.get("items");
    if depth > DEEPEST {
        return shape;
    }
    for part in list(&schema["allOf"]) {
        let part = self::shape(document, part, depth + 1);
        shape.types.extend(part.types);
        shape.fields.extend(part.fields);
        shape.required.extend(part.required);
        shape.items = shape.items.or(part.items);
    }
    let alternatives: Vec<Shape> = list(&schema["oneOf"])
        .chain(list(&schema["anyOf"]))
        .map(|alternative| self::shape(document, alternative, depth + 1))
        .collect();
    // What only some of them demand is not demanded; null demands nothing.
    let demanding: Vec<&Shape> = alternatives.iter().filter(|one| !one.fields.is_empty()).collect();
    if let Some((first, others)) = demanding.split_first() {
        let common =
            first.required.iter().filter(|name| others.iter().all(|one| one.required.contains(*name)));
        shape.required.extend(common.cloned());
    }
    for alternative in alternatives {
        shape.types.extend(alternative.types);
        shape.fields.extend(alternative.fields);
        shape.items = shape.items.or(alternative.items);
        if let Some(words) = alternative.words {
            shape.words.get_or_insert_default().extend(words);
        }
    }
    shape
}
