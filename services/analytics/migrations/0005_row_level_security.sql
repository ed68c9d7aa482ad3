-- Whoever acts for a user sees and writes that user's rows alone, whatever a query says. FORCE: the owner too.
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON accounts USING (user_id = (SELECT acting_user()));

ALTER TABLE trades ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON trades USING (user_id = (SELECT acting_user()));

ALTER TABLE revisions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON revisions USING (user_id = (SELECT acting_user()));

ALTER TABLE cash_flows ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON cash_flows USING (user_id = (SELECT acting_user()));
