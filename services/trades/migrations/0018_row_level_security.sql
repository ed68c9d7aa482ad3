-- Whoever acts for a user sees and writes that user's rows alone, whatever a query says. FORCE: the owner too, so a later migration
-- that changes rows takes FORCE away for its own transaction.
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON accounts USING (user_id = (SELECT acting_user()));

ALTER TABLE imports ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON imports USING (user_id = (SELECT acting_user()));

ALTER TABLE fills ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON fills USING (user_id = (SELECT acting_user()));

ALTER TABLE fill_sightings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON fill_sightings USING (user_id = (SELECT acting_user()));

ALTER TABLE trades ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON trades USING (user_id = (SELECT acting_user()));

ALTER TABLE trade_journal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON trade_journal USING (user_id = (SELECT acting_user()));

ALTER TABLE account_events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON account_events USING (user_id = (SELECT acting_user()));

ALTER TABLE account_event_sightings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON account_event_sightings USING (user_id = (SELECT acting_user()));

ALTER TABLE fill_records ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON fill_records USING (user_id = (SELECT acting_user()));

ALTER TABLE import_mappings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON import_mappings USING (user_id = (SELECT acting_user()));

ALTER TABLE fill_excursions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON fill_excursions USING (user_id = (SELECT acting_user()));

ALTER TABLE trade_excursions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON trade_excursions USING (user_id = (SELECT acting_user()));

ALTER TABLE trade_plans ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON trade_plans USING (user_id = (SELECT acting_user()));

ALTER TABLE regroupings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON regroupings USING (user_id = (SELECT acting_user()));

ALTER TABLE strategy_groups ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON strategy_groups USING (user_id = (SELECT acting_user()));

ALTER TABLE price_bars ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON price_bars USING (user_id = (SELECT acting_user()));

ALTER TABLE bar_excursions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON bar_excursions USING (user_id = (SELECT acting_user()));

ALTER TABLE exchange_rates ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON exchange_rates USING (user_id = (SELECT acting_user()));
