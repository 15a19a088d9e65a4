/**
 * The server's few web pages (S1, S2, S12). Plain forms that work without scripts, by keyboard and
 * on a phone. A link's token is in the path alone: never in a log line, never in a referrer.
 */
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ERRORS, sentenceOf } from '../../src-shared/contract/errors.ts';
import { Email, Password } from '../../src-shared/contract/values.ts';
import { failureOf, logFault } from '../http/failure.ts';
import { networkOf } from '../http/network.ts';
import { type House, Refusal } from '../http/route.ts';
import { askForReset, openLink, type PasswordTools, setByLink } from '../password/reset.ts';
import {
  askAgainPage,
  askedPage,
  choosePage,
  donePage,
  faultPage,
  openPage,
  refusedPage,
} from './pages.ts';

const LinkParams = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
/** `username` is for password managers: it says to them whose password this is. */
const ChosenForm = z.strictObject({ password: Password, username: z.string().max(254).optional() });
const AskForm = z.strictObject({ email: Email });

export function webRoutes(
  app: FastifyInstance,
  house: House,
  tools: PasswordTools,
  requestsPerMinute: number,
): void {
  const schoolName = house.settings.school.name;
  const config = { rateLimit: { max: requestsPerMinute, timeWindow: 60_000 } };

  void app.register(async (web) => {
    web.removeAllContentTypeParsers();
    await web.register(formbody, { bodyLimit: 16 * 1024 });

    web.setErrorHandler((error, request, reply) => {
      const failed = failureOf(error);
      if (failed.status >= 500) logFault(house.log, error, request.id);
      if (failed.waitSeconds !== undefined) {
        void reply.header('retry-after', String(failed.waitSeconds));
      }
      const isLink = failed.code === 'link-refused';
      return asHtml(reply, failed.status).send(
        isLink ? refusedPage(schoolName, failed) : faultPage(schoolName, webSentence(failed)),
      );
    });

    web.get('/set-password/:token', { config, exposeHeadRoute: true }, async (request, reply) => {
      const token = tokenOf(request.params);
      const person = await openLink(house, token);
      return asHtml(reply, 200).send(choosePage(schoolName, person, token, null));
    });

    web.post('/set-password/:token', { config }, async (request, reply) => {
      const token = tokenOf(request.params);
      const person = await openLink(house, token);
      const form = ChosenForm.safeParse({ ...(request.body as object) });
      try {
        // What the form's own `required` lets through only without a browser: nothing typed at all.
        if (!form.success) throw new Refusal('password-too-short');
        await setByLink(house, tools, { token, password: form.data.password });
      } catch (error) {
        if (!(error instanceof Refusal) || !isAboutPassword(error)) throw error;
        return asHtml(reply, 400).send(choosePage(schoolName, person, token, error));
      }
      // Another address: going back or reloading does not send the form again.
      return reply.redirect('/password-set', 303);
    });

    web.get('/password-set', async (_request, reply) =>
      asHtml(reply, 200).send(donePage(schoolName)),
    );

    web.post('/set-password', { config }, async (request, reply) => {
      const form = AskForm.safeParse({ ...(request.body as object) });
      if (!form.success) {
        const sentence = 'This is not an e-mail address. Nothing was sent. Check it and try again.';
        return asHtml(reply, 400).send(askAgainPage(schoolName, sentence));
      }
      await askForReset(house, tools, { email: form.data.email, address: networkOf(request.ip) });
      return asHtml(reply, 200).send(askedPage(schoolName));
    });

    web.get('/open', { exposeHeadRoute: true }, async (_request, reply) =>
      asHtml(reply, 200).send(openPage(schoolName)),
    );

    serveFile(web, 'style.css', 'text/css; charset=utf-8');
    serveFile(web, 'script.js', 'text/javascript; charset=utf-8');
  });
}

/** A path that cannot be a link is answered like a link that is used up. */
function tokenOf(params: unknown): string {
  const parsed = LinkParams.safeParse(params);
  if (!parsed.success) throw new Refusal('link-refused');
  return parsed.data.token;
}

function isAboutPassword(refusal: Refusal): boolean {
  return refusal.code.startsWith('password-');
}

/** Sentences of the table speak of the program's form; a web page has no text of anybody's. */
function webSentence(failed: ReturnType<typeof failureOf>): string {
  if (failed.code === 'too-many-tries') return sentenceOf(failed);
  if (failed.status === ERRORS['server-busy'].status) {
    return 'The school’s server is busy. Nothing has changed. Wait a moment and try again.';
  }
  if (failed.status >= 500) {
    return 'The school’s server could not do this. Nothing has changed. Try again; if it happens again, tell the school’s IT support.';
  }
  return 'The server could not read what was sent. Nothing has changed. Go back and try again.';
}

function asHtml(reply: FastifyReply, status: number): FastifyReply {
  return reply.code(status).header('content-type', 'text/html; charset=utf-8');
}

function serveFile(web: FastifyInstance, name: string, type: string): void {
  const content = readFileSync(join(import.meta.dirname, name));
  web.get(`/web/${name}`, async (_request, reply) =>
    reply
      .header('content-type', type)
      .header('cache-control', 'public, max-age=3600')
      .send(content),
  );
}
