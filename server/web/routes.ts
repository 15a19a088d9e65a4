import type { FastifyInstance } from 'fastify';
import type { House } from '../http/route.ts';
import type { PasswordTools } from '../password/reset.ts';
export function webRoutes(_app: FastifyInstance, _house: House, _tools: PasswordTools): void {}
