//! Which zone the times of a format are in when the file does not say.

use crate::{
    Diagnostic, Format, Moment, Options, ParsedEvent, ParsedFill, Sink, SinkError, TimeSource, parse,
};

impl Format {
    /// The zone in which times of such a file are read when nobody names one: they carry none themselves, so whoever brings the
    /// file has to be asked. `None`: every time in it says its own zone, or is in UTC by the format's definition.
    pub fn assumed_zone(self) -> Option<String> {
        let mut assumed = Assumed::default();
        let options = Options {
            currency: "USD".to_owned(),
            // Where the date stands in the file's name only.
            file_name: Some("trades_2026-01-05.csv".to_owned()),
            ..Options::default()
        };
        // A sample that could not be read would tell nothing: the tests of all formats read each.
        let _ = parse(self, &mut self.sample().as_bytes(), &options, &mut assumed);
        assumed.zone
    }
}

/// The first zone that was assumed.
#[derive(Default)]
struct Assumed {
    zone: Option<String>,
}

impl Assumed {
    fn see(&mut self, moment: &Moment) {
        if let (None, TimeSource::BrokerDefault(zone)) = (&self.zone, &moment.source) {
            self.zone = Some(zone.to_string());
        }
    }
}

impl Sink for Assumed {
    fn fill(&mut self, fill: ParsedFill) -> Result<(), SinkError> {
        self.see(&fill.executed_at);
        Ok(())
    }

    fn event(&mut self, event: ParsedEvent) -> Result<(), SinkError> {
        self.see(match &event {
            ParsedEvent::Cash(cash) => &cash.booked_at,
            ParsedEvent::Split(split) => &split.effective_at,
            ParsedEvent::Option(end) => &end.happened_at,
            ParsedEvent::Bust(bust) => &bust.busted_at,
            ParsedEvent::Rate(rate) => &rate.at,
        });
        Ok(())
    }

    fn diagnostic(&mut self, _diagnostic: Diagnostic) {}
}
