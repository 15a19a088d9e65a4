/** Preferences: how a person reads, following them to any computer. */
import { z } from 'zod';
import { endpoint } from './endpoint.ts';

export const Preferences = z.strictObject({
  /** Per cent of the usual size. */
  textSize: z.union([z.literal(100), z.literal(115), z.literal(130), z.literal(150)]),
  spacing: z.enum(['usual', 'wide', 'widest']),
  /** Background tint; `none` is white, or the dark theme's own. */
  tint: z.enum(['none', 'cream', 'blue', 'green', 'rose']),
});
export type Preferences = z.infer<typeof Preferences>;

export const USUAL_PREFERENCES: Preferences = { textSize: 100, spacing: 'usual', tint: 'none' };

export const savePreferences = endpoint({
  method: 'PUT',
  path: '/v1/preferences',
  access: 'signed-in',
  request: Preferences,
  reply: Preferences,
});
