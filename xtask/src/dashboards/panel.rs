//! Dashboards as Grafana reads them.

use serde_json::{Value, json};

/// One line chart.
#[derive(Clone, Debug)]
pub(super) struct Panel {
    pub title: &'static str,
    /// Grafana's name of the unit.
    pub unit: &'static str,
    pub description: &'static str,
    /// What is asked for, and how a line is called.
    pub queries: Vec<(String, &'static str)>,
}

/// A chart of one query.
pub(super) fn panel(
    title: &'static str,
    unit: &'static str,
    description: &'static str,
    query: &str,
    legend: &'static str,
) -> Panel {
    Panel { title, unit, description, queries: vec![(query.to_owned(), legend)] }
}

impl Panel {
    /// The same chart with another line.
    pub fn and(mut self, query: &str, legend: &'static str) -> Self {
        self.queries.push((query.to_owned(), legend));
        self
    }
}

/// Charts under one heading.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub title: &'static str,
    pub panels: Vec<Panel>,
}

/// One page of charts.
#[derive(Clone, Debug)]
pub(super) struct Dashboard {
    /// Its file's and its address's.
    pub name: &'static str,
    pub title: String,
    /// What queries mean by `SERVICE`.
    pub selector: String,
    pub rows: Vec<Row>,
}

const WIDTH: usize = 8;
const HEIGHT: usize = 8;
const PER_LINE: usize = 3;

impl Dashboard {
    /// As a file.
    pub fn to_json(&self) -> anyhow::Result<String> {
        let mut panels = Vec::new();
        let mut top = 0;
        for row in &self.rows {
            panels.push(json!({"type": "row", "title": row.title, "collapsed": false, "panels": [], "id": panels.len() + 1,
                "gridPos": {"x": 0, "y": top, "w": WIDTH * PER_LINE, "h": 1}}));
            top += 1;
            for (index, panel) in row.panels.iter().enumerate() {
                let (x, y) = (index % PER_LINE * WIDTH, top + index / PER_LINE * HEIGHT);
                let place = json!({"x": x, "y": y, "w": WIDTH, "h": HEIGHT});
                panels.push(self.panel(panel, panels.len() + 1, &place));
            }
            top += row.panels.len().div_ceil(PER_LINE) * HEIGHT;
        }
        let dashboard = json!({
            "uid": format!("journal-{}", self.name),
            "title": self.title,
            "tags": ["trading-journal"],
            "schemaVersion": 39,
            "version": 1,
            "editable": true,
            "graphTooltip": 1,
            "refresh": "30s",
            "time": {"from": "now-3h", "to": "now"},
            "templating": {"list": [
                {"name": "datasource", "label": "Prometheus", "type": "datasource", "query": "prometheus"},
            ]},
            "links": [{"type": "dashboards", "title": "Trading Journal", "tags": ["trading-journal"], "asDropdown": true}],
            "panels": panels,
        });
        Ok(serde_json::to_string_pretty(&dashboard)? + "\n")
    }

    /// All that its charts ask for.
    pub fn queries(&self) -> Vec<String> {
        let panels = self.rows.iter().flat_map(|row| &row.panels);
        let queries = panels.flat_map(|panel| &panel.queries);
        queries.map(|(query, _)| query.replace("SERVICE", &self.selector)).collect()
    }

    fn panel(&self, panel: &Panel, id: usize, place: &Value) -> Value {
        let source = json!({"type": "prometheus", "uid": "${datasource}"});
        let targets: Vec<Value> = panel
            .queries
            .iter()
            .zip('A'..)
            .map(|((query, legend), name)| {
                json!({"refId": name, "datasource": source, "expr": query.replace("SERVICE", &self.selector),
                    "legendFormat": legend, "exemplar": query.contains("traces_span_metrics")})
            })
            .collect();
        json!({
            "id": id,
            "type": "timeseries",
            "title": panel.title,
            "description": panel.description,
            "datasource": source,
            "gridPos": place,
            "fieldConfig": {"defaults": {"unit": panel.unit, "min": 0, "custom": {"fillOpacity": 10, "showPoints": "never"}}, "overrides": []},
            "options": {"legend": {"displayMode": "list", "placement": "bottom"}, "tooltip": {"mode": "multi", "sort": "desc"}},
            "targets": targets,
        })
    }
}
