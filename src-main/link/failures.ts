/** What went wrong on the way to the server, told apart by Node's error codes and nothing else. */

export type WayFailure = 'server-unreachable' | 'server-not-trusted';

/**
 * The codes of OpenSSL's and BoringSSL's certificate checks as Node names them
 * (https://nodejs.org/api/tls.html#x509-certificate-error-codes), and of failed handshakes.
 * Texts differ between the two libraries, so only codes are read.
 */
const CERTIFICATE = [
  /^CERT_/,
  /^CRL_/,
  /^UNABLE_TO_/,
  /SELF_SIGNED_CERT/,
  /^ERROR_IN_C/,
  /^INVALID_CA$/,
  /^INVALID_PURPOSE$/,
  /^PATH_LENGTH_EXCEEDED$/,
  /^HOSTNAME_MISMATCH$/,
  /^ERR_TLS_/,
  /^ERR_SSL_/,
  /^ERR_OSSL_/,
  /^EPROTO$/,
];

/** `server-not-trusted` where a server was there and could not prove to be the school's. */
export function wayFailure(error: unknown): WayFailure {
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return CERTIFICATE.some((pattern) => pattern.test(code))
    ? 'server-not-trusted'
    : 'server-unreachable';
}
