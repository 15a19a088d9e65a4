-- Recently Viewed asks of each opening whether the person opened the same incident again later.
CREATE INDEX opening_by_staff_and_incident ON opening (staff_id, incident_id, opened_at);
