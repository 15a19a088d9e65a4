/** Which waiting items their writers had finished, so that a later save never makes one unfinished. */
export const name = '0003-finished-items';

export const sql = `
-- 0 for a concern that its writer is still at. What was queued before this was known counts as
-- finished: a save that comes after it goes into an item of its own.
ALTER TABLE outbox ADD COLUMN is_finished INTEGER NOT NULL DEFAULT 1;
`;
