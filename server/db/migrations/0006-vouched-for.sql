-- Whether a computer of the school vouched for an item as it came. Why an item is held does not say
-- it: other bytes under an id that was taken are the same reason, whoever sent them.
ALTER TABLE held ADD COLUMN is_vouched_for INTEGER NOT NULL DEFAULT 0
  CHECK (is_vouched_for IN (0, 1));
-- Of what came before: only a trusted computer's items reach the other reasons.
UPDATE held SET is_vouched_for = 1
WHERE reason NOT IN ('computer-unknown', 'not-genuine', 'differs')
  OR (reason = 'differs'
    AND computer_id IN (SELECT id FROM computer WHERE revoked_at IS NULL));
CREATE INDEX held_of_strangers ON held (school_id) WHERE resolved_at IS NULL AND is_vouched_for = 0;
