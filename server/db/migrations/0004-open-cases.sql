-- My Assigned costs what it shows: a person's open cases stand together in one index, newest first,
-- however many they have closed. An assignee's row therefore repeats when the incident was submitted
-- and how it stands; the foreign key keeps the two in step by itself.

CREATE UNIQUE INDEX incident_standing ON incident (id, status, submitted_at);

CREATE TABLE incident_assignee_in_order (
  school_id TEXT NOT NULL REFERENCES school (id),
  incident_id TEXT NOT NULL,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  status TEXT NOT NULL,
  submitted_at TEXT NOT NULL,
  PRIMARY KEY (incident_id, staff_id),
  FOREIGN KEY (incident_id, status, submitted_at)
    REFERENCES incident (id, status, submitted_at) ON UPDATE CASCADE
) STRICT, WITHOUT ROWID;

INSERT INTO incident_assignee_in_order
  (school_id, incident_id, staff_id, status, submitted_at)
SELECT a.school_id, a.incident_id, a.staff_id, i.status, i.submitted_at
FROM incident_assignee AS a JOIN incident AS i ON i.id = a.incident_id;

DROP TABLE incident_assignee;
ALTER TABLE incident_assignee_in_order RENAME TO incident_assignee;
CREATE INDEX incident_assignee_by_staff
  ON incident_assignee (staff_id, status, submitted_at DESC, incident_id);
