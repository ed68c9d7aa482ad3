//! Trace context that crosses processes as a W3C `traceparent` (<https://www.w3.org/TR/trace-context/>).

use opentelemetry::{
    Context,
    propagation::{Extractor, Injector, TextMapPropagator as _},
    trace::{TraceContextExt as _, TraceId},
};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

/// The header's name.
pub const TRACEPARENT: &str = "traceparent";

#[derive(Default)]
struct Carrier(Option<String>);

impl Injector for Carrier {
    fn set(&mut self, key: &str, value: String) {
        if key == TRACEPARENT {
            self.0 = Some(value);
        }
    }
}

impl Extractor for Carrier {
    fn get(&self, key: &str) -> Option<&str> {
        if key == TRACEPARENT { self.0.as_deref() } else { None }
    }

    fn keys(&self) -> Vec<&str> {
        vec![TRACEPARENT]
    }
}

/// The current span as a `traceparent`, if it belongs to a trace.
pub fn traceparent() -> Option<String> {
    traceparent_of(&Span::current().context())
}

fn traceparent_of(context: &Context) -> Option<String> {
    let mut carrier = Carrier::default();
    TraceContextPropagator::new().inject_context(context, &mut carrier);
    carrier.0
}

/// Makes `span` a child of the span that `traceparent` names, and writes the trace's id into its field `trace_id`, if it has one: every
/// line that is logged within shows it. Anything malformed is ignored.
pub fn continue_trace(span: &Span, traceparent: Option<&str>) {
    if let Some(traceparent) = traceparent {
        let context = TraceContextPropagator::new().extract(&Carrier(Some(traceparent.to_owned())));
        // Fails only for a span that no OpenTelemetry layer watches, which then needs no parent.
        let _ = span.set_parent(context);
    }
    let trace = span.context().span().span_context().trace_id();
    if trace != TraceId::INVALID {
        span.record("trace_id", trace.to_string());
    }
}

/// The current trace's id (32 hexadecimal digits), to name in an error.
pub fn trace_id() -> Option<String> {
    let traceparent = traceparent()?;
    traceparent.split('-').nth(1).map(str::to_owned)
}
