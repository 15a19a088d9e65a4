-- Items sealed on the school's computers: who carried them, what came of them, whose keys they need.

-- Each has an Ed25519 key pair of its own; public_key is 32 bytes in base64 (R42).
CREATE TABLE computer (
  id TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id),
  name TEXT NOT NULL,
  public_key TEXT NOT NULL,
  enrolled_at TEXT NOT NULL,
  revoked_at TEXT,
  last_seen_at TEXT NOT NULL
) STRICT;

-- SHA-256 of the code in the school file, hex. A computer that is enrolled needs it no more.
CREATE TABLE enrolment_code (
  hash TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id),
  made_at TEXT NOT NULL,
  revoked_at TEXT
) STRICT, WITHOUT ROWID;

-- The key of one person on one computer, as the school certified it.
CREATE TABLE signing_key (
  public_key TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  computer_id TEXT NOT NULL REFERENCES computer (id),
  issued_at TEXT NOT NULL,
  signature TEXT NOT NULL,
  revoked_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX signing_key_by_person ON signing_key (staff_id, computer_id);

-- Every sealed item that was ever taken, by its id. Rows stay for ever (R73): a record that is
-- erased leaves its row here, so that a computer is not asked for the item again (R83).
CREATE TABLE carried (
  id TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id),
  sha256 TEXT NOT NULL,
  reference TEXT NOT NULL,
  -- As the item says; the school may not know it.
  computer_id TEXT NOT NULL,
  received_at TEXT NOT NULL,
  receipt TEXT NOT NULL,
  UNIQUE (school_id, reference)
) STRICT;

-- What could not be applied as written: whole, until the safeguarding team completes or files it.
CREATE TABLE held (
  -- The item's own id, but for other bytes under an id that was taken.
  id TEXT PRIMARY KEY,
  item_id TEXT NOT NULL,
  school_id TEXT NOT NULL REFERENCES school (id),
  reason TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  reference TEXT NOT NULL,
  received_at TEXT NOT NULL,
  computer_id TEXT NOT NULL,
  -- Null where the school has nobody of this id; certain only where identity_is_certain.
  staff_id TEXT REFERENCES staff (id),
  -- As the writer gave their name, where nobody signed in.
  writer TEXT,
  identity_is_certain INTEGER NOT NULL CHECK (identity_is_certain IN (0, 1)),
  kind TEXT NOT NULL CHECK (kind IN ('incident', 'action', 'concern', 'unreadable')),
  -- What was inside the seal, JSON; null where it could not be read: then the sealed bytes.
  inside TEXT,
  sealed BLOB,
  is_one_of_many INTEGER NOT NULL CHECK (is_one_of_many IN (0, 1)),
  resolved_at TEXT,
  resolved_by TEXT REFERENCES staff (id),
  resolution TEXT CHECK (resolution IN ('completed', 'filed')),
  resolution_reason TEXT,
  CHECK ((inside IS NULL) = (sealed IS NOT NULL)),
  CHECK ((resolved_at IS NULL) = (resolution IS NULL)),
  UNIQUE (item_id, sha256)
) STRICT;
CREATE INDEX held_open ON held (school_id, received_at) WHERE resolved_at IS NULL;
CREATE INDEX held_by_time ON held (received_at);

-- What asides there were become held items of the same kind.
INSERT INTO held
  (id, item_id, school_id, reason, sha256, reference, received_at, computer_id, staff_id, writer,
   identity_is_certain, kind, inside, sealed, is_one_of_many)
SELECT
  lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2)
    || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
  aside.id, aside.school_id, 'differs', aside.sha256, s.reference, aside.received_at,
  '00000000-0000-4000-8000-000000000000', aside.staff_id, NULL, 1,
  json_extract(aside.body, '$.kind'),
  json_object('kind', 'submission', 'submission', json(aside.body)), NULL, 0
FROM submission_aside AS aside JOIN submission AS s ON s.id = aside.id;
DROP TABLE submission_aside;

-- Of a draft the server knows its person, its computer and its time.
CREATE TABLE draft_notice (
  school_id TEXT NOT NULL REFERENCES school (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  computer_id TEXT NOT NULL,
  draft_id TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (staff_id, computer_id, draft_id)
) STRICT, WITHOUT ROWID;
