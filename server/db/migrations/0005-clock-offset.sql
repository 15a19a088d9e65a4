-- How far the clock of the computer was ahead of the server's when an item came, in milliseconds;
-- less than nothing where it was behind, null where the computer did not say its time (R81).
ALTER TABLE carried ADD COLUMN clock_offset_ms INTEGER;
