/** Agencies: names of outside bodies, remembered from earlier entries (S30). */
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Name, Nothing } from './values.ts';

export const listAgencies = endpoint({
  method: 'GET',
  path: '/v1/agencies',
  access: 'signed-in',
  request: Nothing,
  reply: z.strictObject({ agencies: z.array(Name) }),
});
