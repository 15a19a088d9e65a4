/**
 * Events: "something changed", with no content (server-sent events, GET /v1/events with the
 * session's token). The client then asks for what it shows.
 */
export const EVENTS_PATH = '/v1/events';
/** A comment line `: beat` is sent this often; 5 s of silence is *offline*. */
export const HEARTBEAT_MS = 2_000;
export const SILENCE_MS = 5_000;

/** `changed`: ask again. `ended`: the session is over, by time, elsewhere or by an administrator. */
export type EventName = 'changed' | 'ended';
