/** The first store. What each blob is encrypted under stands in src-vault/README.md. */
export const name = '0001-first-store';

export const sql = `
-- One row for each person and generation of their keys. A new generation begins where nothing
-- could open the old one; the old one stays, with its drafts, for an old password or the escrow.
CREATE TABLE person (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  staff_id TEXT NOT NULL,
  computer_id TEXT NOT NULL,
  generation INTEGER NOT NULL,
  version INTEGER NOT NULL,
  email_hash BLOB NOT NULL,
  secret_id BLOB NOT NULL,
  salt BLOB NOT NULL,
  memory_kib INTEGER NOT NULL,
  passes INTEGER NOT NULL,
  lanes INTEGER NOT NULL,
  wrapped_draft_key BLOB NOT NULL,
  draft_key_id BLOB NOT NULL,
  wrapped_signing_key BLOB NOT NULL,
  signing_key TEXT NOT NULL,
  certificate TEXT,
  escrow BLOB,
  escrow_key_id TEXT,
  profile BLOB,
  last_contact_ms INTEGER,
  highest_ms INTEGER NOT NULL,
  failed_tries INTEGER NOT NULL,
  blocked_until_ms INTEGER NOT NULL,
  UNIQUE (staff_id, generation)
) STRICT;
CREATE INDEX person_by_email ON person (email_hash);

CREATE TABLE computer_key (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  computer_id TEXT NOT NULL,
  secret_id BLOB NOT NULL,
  wrapped BLOB NOT NULL,
  UNIQUE (computer_id, secret_id)
) STRICT;

CREATE TABLE draft (
  person INTEGER NOT NULL REFERENCES person (key) ON DELETE CASCADE,
  id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  content BLOB NOT NULL,
  changed_at TEXT NOT NULL,
  discarded_ms INTEGER,
  PRIMARY KEY (person, id)
) STRICT;

-- AUTOINCREMENT: a number is never given twice, so that "oldest first" and the salvage of a
-- damaged store can rely on it.
CREATE TABLE outbox (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('submission', 'concern')),
  is_urgent INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'differs')),
  sealed BLOB,
  sealing_key_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  queued_at TEXT NOT NULL,
  next_try_at TEXT NOT NULL,
  tries INTEGER NOT NULL,
  problem TEXT,
  handed_out INTEGER NOT NULL,
  -- The id by which its writer knows it; another one than id where that was handed out before.
  written_as TEXT,
  person INTEGER REFERENCES person (key) ON DELETE SET NULL,
  own_about BLOB,
  own_copy BLOB,
  receipt TEXT,
  received_at TEXT
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, is_urgent, number);
CREATE INDEX outbox_by_written_as ON outbox (written_as);
CREATE INDEX outbox_by_person ON outbox (person);

CREATE TABLE list (
  person INTEGER NOT NULL REFERENCES person (key) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value BLOB NOT NULL,
  kept_at TEXT NOT NULL,
  PRIMARY KEY (person, name)
) STRICT;

-- Facts of the store itself: from which damaged stores it was salvaged.
CREATE TABLE fact (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
`;
