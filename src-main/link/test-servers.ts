/** For tests only: certificate authorities and real HTTPS servers on this computer, right and wrong ones. */
import { createServer } from 'node:https';
import type { Server, ServerOptions } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface Authority {
  readonly pem: string;
  /** A server's certificate with its key; for 127.0.0.1 and from yesterday to tomorrow, unless said otherwise. */
  certify(than?: CertificateWishes): Promise<{ cert: string; key: string }>;
}

interface CertificateWishes {
  readonly address?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

export async function makeAuthority(name = 'CN=Larkfield School'): Promise<Authority> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name,
    notBefore: new Date(Date.now() - 10 * DAY_MS),
    notAfter: new Date(Date.now() + 10 * DAY_MS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  let serial = 1;
  return {
    pem: authority.toString('pem'),
    async certify({ address = '127.0.0.1', notBefore, notAfter } = {}) {
      const own = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
      serial += 1;
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: serial.toString(16).padStart(2, '0'),
        subject: 'CN=server',
        issuer: authority.subject,
        notBefore: notBefore ?? new Date(Date.now() - DAY_MS),
        notAfter: notAfter ?? new Date(Date.now() + DAY_MS),
        signingAlgorithm: ALGORITHM,
        signingKey: keys.privateKey,
        publicKey: own.publicKey,
        extensions: [
          new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: address }]),
          new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1']),
        ],
      });
      const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', own.privateKey));
      return {
        cert: certificate.toString('pem'),
        key: `-----BEGIN PRIVATE KEY-----\n${key.toString('base64')}\n-----END PRIVATE KEY-----\n`,
      };
    },
  };
}

export interface Running {
  readonly address: string;
  /** Bytes of requests that arrived inside TLS: what a wrong server must never see. */
  readonly applicationBytes: () => number;
  stop(): Promise<void>;
}

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** Starts a server on a free port of 127.0.0.1. */
export async function startServer(options: ServerOptions, answering: Answering): Promise<Running> {
  const server: Server = createServer(options, answering);
  const sockets = new Set<Socket>();
  let bytes = 0;
  server.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => {
      bytes += socket.bytesRead;
      sockets.delete(socket);
    });
  });
  // A handshake that the client breaks off is what several tests are about.
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `https://127.0.0.1:${port}`,
    applicationBytes: () => [...sockets].reduce((sum, each) => sum + each.bytesRead, bytes),
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Answers with JSON, as the school's server does. */
export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
