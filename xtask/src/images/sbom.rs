//! What is in each image, as `CycloneDX` 1.5 tells it: every crate that is linked, and of the gateway every package of the web client.

use super::SETUP;
use crate::{cargo::cargo, engine::told, folder::workspace, stack::services::SERVICES};
use anyhow::Context as _;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Writes `<image>.cdx.json` for each image into a folder.
pub(super) fn write(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let host = told(cargo().args(["-vV"]))?;
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).context("cargo has no host")?;
    // Only what this platform links: Windows' crates are in the lock file, and in no image.
    let mut metadata = cargo();
    metadata.args(["metadata", "--format-version=1", "--locked", "--filter-platform", host]);
    let crates: Metadata = serde_json::from_str(&told(&mut metadata)?).context("cargo metadata")?;
    let lock = workspace().join("web/package-lock.json");
    let lock: Lock = serde_json::from_str(&fs::read_to_string(&lock)?).context("web/package-lock.json")?;
    for (image, roots) in images() {
        let web = if image == "gateway" { npm(&lock) } else { Vec::new() };
        let document = document(image, &crates, &roots, web)?;
        fs::write(folder.join(format!("{image}.cdx.json")), serde_json::to_string_pretty(&document)?)?;
    }
    Ok(())
}

/// Each image with the packages whose programs are in it.
fn images() -> Vec<(&'static str, Vec<&'static str>)> {
    let services = SERVICES.iter().map(|service| (*service, vec![*service]));
    services.chain([(SETUP, vec!["xtask", "auth", "gateway"])]).collect()
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    /// `None`: of this repository.
    source: Option<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Edge>,
}

#[derive(Deserialize)]
struct Edge {
    pkg: String,
    dep_kinds: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    /// `None`: a dependency of the program itself, not of its tests or its build.
    kind: Option<String>,
}

#[derive(Deserialize)]
struct Lock {
    packages: BTreeMap<String, Locked>,
}

#[derive(Deserialize)]
struct Locked {
    version: Option<String>,
    license: Option<String>,
    #[serde(default)]
    dev: bool,
}

fn document(image: &str, crates: &Metadata, roots: &[&str], web: Vec<Value>) -> anyhow::Result<Value> {
    let packages: BTreeMap<&str, &Package> =
        crates.packages.iter().map(|package| (package.id.as_str(), package)).collect();
    let nodes: BTreeMap<&str, &Node> =
        crates.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let own = |package: &&Package| package.source.is_none() && roots.contains(&package.name.as_str());
    let mut open: Vec<&str> = crates.packages.iter().filter(own).map(|package| package.id.as_str()).collect();
    let version = open.first().and_then(|id| packages.get(id)).context("no such package")?.version.as_str();
    let mut linked = BTreeMap::new();
    while let Some(id) = open.pop() {
        if linked.contains_key(id) {
            continue;
        }
        let node = nodes.get(id).with_context(|| format!("{id} is not resolved"))?;
        let needed = node.deps.iter().filter(|edge| edge.dep_kinds.iter().any(|kind| kind.kind.is_none()));
        let needed: BTreeSet<&str> = needed.map(|edge| edge.pkg.as_str()).collect();
        open.extend(&needed);
        linked.insert(id, needed);
    }
    let reference =
        |id: &&str| packages.get(id).map(|package| purl("cargo", &package.name, &package.version));
    let components = linked
        .keys()
        .filter_map(|id| packages.get(id))
        .map(|package| component("cargo", &package.name, &package.version, package.license.as_deref()));
    let dependencies = linked.iter().map(|(id, needed)| {
        json!({ "ref": reference(id), "dependsOn": needed.iter().filter_map(reference).collect::<Vec<_>>() })
    });
    Ok(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "container", "bom-ref": image, "name": format!("trading-journal/{image}"), "version": version,
            },
        },
        "components": components.chain(web).collect::<Vec<_>>(),
        "dependencies": dependencies.collect::<Vec<_>>(),
    }))
}

/// What the web client is built of; not what builds and tests it.
fn npm(lock: &Lock) -> Vec<Value> {
    let shipped = lock.packages.iter().filter(|(path, package)| !path.is_empty() && !package.dev);
    let named = shipped.filter_map(|(path, package)| {
        let (_, name) = path.rsplit_once("node_modules/")?;
        Some((name, package.version.as_deref()?, package.license.as_deref()))
    });
    let once: BTreeMap<_, _> = named.map(|(name, version, licence)| ((name, version), licence)).collect();
    once.into_iter().map(|((name, version), licence)| component("npm", name, version, licence)).collect()
}

fn component(kind: &str, name: &str, version: &str, licence: Option<&str>) -> Value {
    let reference = purl(kind, name, version);
    let mut component = json!({ "type": "library", "bom-ref": reference, "name": name, "version": version, "purl": reference });
    if let (Some(licence), Some(fields)) = (licence, component.as_object_mut()) {
        // Some old crates write OR as a slash.
        let expression = licence.replace('/', " OR ");
        fields.insert("licenses".to_owned(), json!([{ "expression": expression }]));
    }
    component
}

/// The package URL; of a scoped name the `@` is written as %40, a `+` of a version as %2B.
fn purl(kind: &str, name: &str, version: &str) -> String {
    format!("pkg:{kind}/{}@{}", name.replace('@', "%40"), version.replace('+', "%2B"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crates() -> Metadata {
        let edge = |name: &str, kind: Value| json!({"pkg": name, "dep_kinds": [{"kind": kind}]});
        serde_json::from_value(json!({
            "packages": [
                {"id": "auth", "name": "auth", "version": "0.1.0", "license": "AGPL-3.0-or-later", "source": null},
                {"id": "serde", "name": "serde", "version": "1.0.0", "license": "MIT/Apache-2.0", "source": "registry"},
                {"id": "proptest", "name": "proptest", "version": "1.0.0", "license": "MIT", "source": "registry"},
                {"id": "cc", "name": "cc", "version": "1.0.0", "license": "MIT", "source": "registry"},
            ],
            "resolve": {"nodes": [
                {"id": "auth", "deps": [
                    edge("serde", Value::Null), edge("proptest", json!("dev")), edge("cc", json!("build")),
                ]},
                {"id": "serde", "deps": []}, {"id": "proptest", "deps": []}, {"id": "cc", "deps": []},
            ]},
        }))
        .unwrap()
    }

    #[test]
    fn it_names_what_is_linked_and_not_what_tests_or_builds() {
        let document = document("auth", &crates(), &["auth"], Vec::new()).unwrap();

        let names: Vec<&str> =
            document["components"].as_array().unwrap().iter().map(|c| c["purl"].as_str().unwrap()).collect();
        assert_eq!(names, ["pkg:cargo/auth@0.1.0", "pkg:cargo/serde@1.0.0"]);
        assert_eq!(document["components"][1]["licenses"][0]["expression"], "MIT OR Apache-2.0");
        let first = &document["dependencies"][0];
        assert_eq!(*first, json!({"ref": "pkg:cargo/auth@0.1.0", "dependsOn": ["pkg:cargo/serde@1.0.0"]}));
    }

    #[test]
    fn of_the_web_client_it_names_what_browsers_get() {
        let lock: Lock = serde_json::from_value(json!({"packages": {
            "": {"version": "0.0.0"},
            "node_modules/@tanstack/react-query": {"version": "5.1.0", "license": "MIT"},
            "node_modules/a/node_modules/react": {"version": "19.0.0", "license": "MIT"},
            "node_modules/vite": {"version": "7.0.0", "license": "MIT", "dev": true},
        }}))
        .unwrap();

        let purls: Vec<Value> = npm(&lock).into_iter().map(|component| component["purl"].clone()).collect();

        assert_eq!(purls, ["pkg:npm/%40tanstack/react-query@5.1.0", "pkg:npm/react@19.0.0"]);
    }
}
