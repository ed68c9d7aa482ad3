-- Which pepper the hash is under; NULL: none, as hashes were made before there were peppers.
ALTER TABLE users ADD COLUMN password_key_id text;
