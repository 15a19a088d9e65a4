-- The first shape of a school's database. Times are UTC text as in the contract (Instant), ids UUIDs.
-- Every table carries school_id, so that the same queries serve a trust of many schools later.

CREATE TABLE school (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE staff (
  id TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id),
  register_id TEXT,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  forename TEXT NOT NULL,
  surname TEXT NOT NULL,
  job_title TEXT,
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  created_at TEXT NOT NULL,
  UNIQUE (school_id, email),
  UNIQUE (school_id, register_id)
) STRICT;

CREATE TABLE student (
  id TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id),
  upn TEXT,
  register_id TEXT,
  forename TEXT NOT NULL,
  surname TEXT NOT NULL,
  known_as TEXT,
  class_name TEXT,
  year TEXT,
  is_on_roll INTEGER NOT NULL DEFAULT 1 CHECK (is_on_roll IN (0, 1)),
  created_at TEXT NOT NULL,
  UNIQUE (school_id, upn),
  UNIQUE (school_id, register_id)
) STRICT;
CREATE INDEX student_by_name ON student (school_id, is_on_roll, surname, forename, id);

CREATE TABLE alert_group (
  id TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id),
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  is_safeguarding_team INTEGER NOT NULL DEFAULT 0 CHECK (is_safeguarding_team IN (0, 1)),
  UNIQUE (school_id, name)
) STRICT;
CREATE UNIQUE INDEX one_safeguarding_team ON alert_group (school_id) WHERE is_safeguarding_team = 1;

CREATE TABLE alert_group_member (
  school_id TEXT NOT NULL REFERENCES school (id),
  group_id TEXT NOT NULL REFERENCES alert_group (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  PRIMARY KEY (group_id, staff_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_group_member_by_staff ON alert_group_member (staff_id);

CREATE TABLE category (
  id TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id),
  parent_id TEXT REFERENCES category (id),
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  is_urgent INTEGER NOT NULL DEFAULT 0 CHECK (is_urgent IN (0, 1)),
  archived_at TEXT,
  UNIQUE (school_id, parent_id, name)
) STRICT;

CREATE TABLE agency (
  id TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id),
  name TEXT NOT NULL,
  last_used_at TEXT NOT NULL,
  UNIQUE (school_id, name)
) STRICT;

-- A submission's id is the key of what it brought; the receipt is kept for ever (R73).
CREATE TABLE submission (
  id TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  kind TEXT NOT NULL CHECK (kind IN ('incident', 'action')),
  sha256 TEXT NOT NULL,
  reference TEXT NOT NULL,
  written_at TEXT NOT NULL,
  received_at TEXT NOT NULL,
  clock_is_wrong INTEGER NOT NULL CHECK (clock_is_wrong IN (0, 1)),
  receipt TEXT NOT NULL,
  UNIQUE (school_id, reference)
) STRICT;

-- What came under an id that was taken, with other bytes: kept, never applied.
CREATE TABLE submission_aside (
  id TEXT NOT NULL,
  school_id TEXT NOT NULL REFERENCES school (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  sha256 TEXT NOT NULL,
  body TEXT NOT NULL,
  received_at TEXT NOT NULL,
  PRIMARY KEY (id, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE incident (
  id TEXT PRIMARY KEY REFERENCES submission (id),
  school_id TEXT NOT NULL REFERENCES school (id),
  student_id TEXT NOT NULL REFERENCES student (id),
  author_id TEXT NOT NULL REFERENCES staff (id),
  text TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'closed')),
  is_urgent INTEGER NOT NULL CHECK (is_urgent IN (0, 1)),
  happened_at TEXT NOT NULL,
  submitted_at TEXT NOT NULL
) STRICT;
CREATE INDEX incident_by_author ON incident (author_id, submitted_at);
CREATE INDEX incident_by_student ON incident (student_id, submitted_at);

CREATE TABLE incident_student (
  school_id TEXT NOT NULL REFERENCES school (id),
  incident_id TEXT NOT NULL REFERENCES incident (id),
  student_id TEXT NOT NULL REFERENCES student (id),
  monitors_same_categories INTEGER NOT NULL CHECK (monitors_same_categories IN (0, 1)),
  PRIMARY KEY (incident_id, student_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_student_by_student ON incident_student (student_id);

CREATE TABLE incident_assignee (
  school_id TEXT NOT NULL REFERENCES school (id),
  incident_id TEXT NOT NULL REFERENCES incident (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  PRIMARY KEY (incident_id, staff_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_assignee_by_staff ON incident_assignee (staff_id);

CREATE TABLE action (
  id TEXT PRIMARY KEY REFERENCES submission (id),
  school_id TEXT NOT NULL REFERENCES school (id),
  incident_id TEXT NOT NULL REFERENCES incident (id),
  author_id TEXT NOT NULL REFERENCES staff (id),
  text TEXT NOT NULL,
  happened_at TEXT NOT NULL,
  submitted_at TEXT NOT NULL
) STRICT;
CREATE INDEX action_by_incident ON action (incident_id, submitted_at);
CREATE INDEX action_by_author ON action (author_id, submitted_at);

CREATE TABLE action_student (
  school_id TEXT NOT NULL REFERENCES school (id),
  action_id TEXT NOT NULL REFERENCES action (id),
  student_id TEXT NOT NULL REFERENCES student (id),
  PRIMARY KEY (action_id, student_id)
) STRICT, WITHOUT ROWID;

-- Categories of an incident; action_id says which action added one, null: it was there from the start.
CREATE TABLE incident_category (
  school_id TEXT NOT NULL REFERENCES school (id),
  incident_id TEXT NOT NULL REFERENCES incident (id),
  category_id TEXT NOT NULL REFERENCES category (id),
  action_id TEXT REFERENCES action (id),
  PRIMARY KEY (incident_id, category_id)
) STRICT, WITHOUT ROWID;

-- Agencies named in an incident or in one of its actions (then action_id).
CREATE TABLE incident_agency (
  school_id TEXT NOT NULL REFERENCES school (id),
  incident_id TEXT NOT NULL REFERENCES incident (id),
  action_id TEXT REFERENCES action (id),
  name TEXT NOT NULL
) STRICT;
CREATE INDEX incident_agency_by_incident ON incident_agency (incident_id);

-- position orders alerts as they were raised; acknowledging one acknowledges the earlier ones too.
CREATE TABLE alert (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  school_id TEXT NOT NULL REFERENCES school (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  incident_id TEXT NOT NULL REFERENCES incident (id),
  action_id TEXT REFERENCES action (id),
  kind TEXT NOT NULL CHECK (kind IN ('incident', 'action', 'assigned')),
  raised_by TEXT NOT NULL REFERENCES staff (id),
  raised_at TEXT NOT NULL,
  read_at TEXT,
  -- The alert whose acknowledgement took this one along; undoing it brings all of them back.
  read_with TEXT
) STRICT;
CREATE INDEX alert_unread ON alert (staff_id, position) WHERE read_at IS NULL;
CREATE INDEX alert_by_incident ON alert (incident_id, staff_id);
CREATE INDEX alert_by_acknowledgement ON alert (read_with) WHERE read_with IS NOT NULL;

-- Written in the transaction of the alert, sent by the mail worker.
CREATE TABLE mail (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  school_id TEXT NOT NULL REFERENCES school (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  message_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('alert', 'reset')),
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  queued_at TEXT NOT NULL,
  next_try_at TEXT NOT NULL,
  -- An e-mail with a link that has expired is not sent any more.
  useless_after TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  sent_at TEXT,
  refused_at TEXT,
  last_problem TEXT
) STRICT;
CREATE INDEX mail_waiting ON mail (next_try_at) WHERE sent_at IS NULL AND refused_at IS NULL;

-- One row for an opening; refetches with the same opening id find it there (R68).
CREATE TABLE opening (
  id TEXT NOT NULL,
  school_id TEXT NOT NULL REFERENCES school (id),
  session_id TEXT NOT NULL,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  incident_id TEXT NOT NULL REFERENCES incident (id),
  opened_at TEXT NOT NULL,
  PRIMARY KEY (session_id, incident_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX opening_by_staff ON opening (staff_id, opened_at);
CREATE INDEX opening_by_incident ON opening (incident_id);

CREATE TABLE session (
  id TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  -- SHA-256 of the token, hex: the token itself is never stored (R33).
  token_hash TEXT NOT NULL UNIQUE,
  computer_id TEXT NOT NULL,
  computer_name TEXT NOT NULL,
  started_at TEXT NOT NULL,
  last_input_at TEXT NOT NULL,
  ended_at TEXT
) STRICT;
CREATE INDEX session_live_by_staff ON session (staff_id) WHERE ended_at IS NULL;
CREATE INDEX session_by_computer ON session (staff_id, computer_id);

CREATE TABLE password (
  staff_id TEXT PRIMARY KEY REFERENCES staff (id),
  school_id TEXT NOT NULL REFERENCES school (id),
  -- Argon2id in PHC form, with its own parameters and salt.
  hash TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE password_reset (
  id TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  link_hash TEXT NOT NULL UNIQUE,
  code_hash TEXT NOT NULL,
  requested_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT,
  wrong_codes INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX password_reset_by_staff ON password_reset (staff_id, requested_at);

-- Failures in a row for one key (an account on one computer and address; a code; an address).
CREATE TABLE throttle (
  key TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  blocked_until TEXT,
  last_failure_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE preference (
  staff_id TEXT PRIMARY KEY REFERENCES staff (id),
  school_id TEXT NOT NULL REFERENCES school (id),
  text_size INTEGER NOT NULL,
  spacing TEXT NOT NULL,
  tint TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Ids only, no free text, no names (R71). Never changed and never deleted.
CREATE TABLE audit (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  school_id TEXT NOT NULL REFERENCES school (id),
  at TEXT NOT NULL,
  staff_id TEXT,
  session_id TEXT,
  computer_id TEXT,
  event TEXT NOT NULL,
  object_id TEXT,
  result TEXT NOT NULL CHECK (result IN ('done', 'refused'))
) STRICT;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END;
