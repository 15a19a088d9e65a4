/** Drafts: the server knows of one only its person, its computer and its time. */
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant, oneLine } from './values.ts';

/** Replaces what the server knows of the person's drafts on this computer. */
export const tellDrafts = endpoint({
  method: 'PUT',
  path: '/v1/drafts',
  access: 'signed-in',
  request: z.strictObject({
    computerId: Id,
    drafts: z.array(z.strictObject({ id: Id, changedAt: Instant })).max(200),
  }),
  reply: z.strictObject({}),
});

/** The person's drafts on other computers: "Unfinished on RECEPTION-2 since 10:42". */
export const listDraftsElsewhere = endpoint({
  method: 'GET',
  path: '/v1/drafts/elsewhere',
  access: 'signed-in',
  request: z.strictObject({}),
  reply: z.strictObject({
    drafts: z.array(z.strictObject({ computerName: oneLine(100), changedAt: Instant })),
  }),
});
