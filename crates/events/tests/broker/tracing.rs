//! One trace from the change to its effect.

use crate::{
    recorder::{Noted, Recorder},
    support::World,
};
use ::tracing::Instrument as _;
use events::outbox;
use testing::{collect, eventually};

#[tokio::test(flavor = "multi_thread")]
async fn the_trace_of_a_change_goes_on_where_its_event_is_handled() {
    let told = collect("info");
    let world = World::new().await;
    let _service = world.relay_and_consumer(Recorder::new());

    let change = async {
        let mut tx = world.db.pool.begin().await.unwrap();
        outbox::append(&mut tx, &Noted::new("traced")).await.unwrap();
        tx.commit().await.unwrap();
    };
    change.instrument(::tracing::info_span!(target: "events", "change")).await;

    let (cause, effect) = eventually("both spans", async || {
        let ended = told.ended_spans();
        let cause = ended.iter().find(|span| span.name == "change").cloned()?;
        let effect = ended.into_iter().find(|span| span.name == "test.record-note process")?;
        Some((cause, effect))
    })
    .await;
    assert_eq!(effect.span_context.trace_id(), cause.span_context.trace_id());
    assert_eq!(effect.parent_span_id, cause.span_context.span_id());
    let attribute = |name: &str| {
        let found = effect.attributes.iter().find(|attribute| attribute.key.as_str() == name);
        found.map(|attribute| attribute.value.to_string())
    };
    assert_eq!(attribute("messaging.destination.name").as_deref(), Some("test.record-note"));
    assert_eq!(attribute("messaging.operation.type").as_deref(), Some("process"));
    assert_eq!(attribute("messaging.outcome").as_deref(), Some("handled"));
}
