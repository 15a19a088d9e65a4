/** What a person's drafts are to be, under their own key, and the rows that do not open any more (R22). */
export const name = '0002-draft-ledger';

export const sql = `
-- Which drafts there are and which revision of each is the newest, as their person left them: a row
-- that is put back, taken away or changed from outside does not agree with it. Written in the
-- transaction of every change. A record of keys of version 1 may have none yet.
CREATE TABLE draft_ledger (
  person INTEGER PRIMARY KEY REFERENCES person (key) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  content BLOB NOT NULL
) STRICT;

-- Rows that did not open, exactly as they were found; the program never deletes one by itself.
CREATE TABLE draft_aside (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person (key) ON DELETE CASCADE,
  id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  content BLOB NOT NULL,
  changed_at TEXT NOT NULL,
  put_aside_at TEXT NOT NULL
) STRICT;
CREATE INDEX draft_aside_by_person ON draft_aside (person);
`;
