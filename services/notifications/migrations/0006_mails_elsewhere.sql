-- A mail may go to an address that is not its user's: to a new one that is to be verified, or to somebody who is invited.
-- NULL: to the address in `recipients`, as it is when the mail is sent.
ALTER TABLE emails ADD COLUMN sent_to text;
